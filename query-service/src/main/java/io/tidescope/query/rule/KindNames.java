package io.tidescope.query.rule;

import io.tidescope.tree.NodeKind;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Kinds of nodes by the names that rules may call them: a kind's label, or what tree-sitter's
 * grammar of Java calls the nearest. Where that grammar tells apart what is one kind here, such as
 * classes and interfaces, both names stand for the one kind.
 */
final class KindNames {
    private static final String TREE_SITTER =
            """
            annotation NORMAL_ANNOTATION_EXPR SINGLE_MEMBER_ANNOTATION_EXPR
            annotation_type_declaration ANNOTATION_DECLARATION
            annotation_type_element_declaration ANNOTATION_MEMBER_DECLARATION
            array_access ARRAY_ACCESS_EXPR
            array_creation_expression ARRAY_CREATION_EXPR
            array_initializer ARRAY_INITIALIZER_EXPR
            array_type ARRAY_TYPE
            assert_statement ASSERT_STMT
            assignment_expression ASSIGN_EXPR
            binary_expression BINARY_EXPR
            binary_integer_literal INTEGER_LITERAL_EXPR LONG_LITERAL_EXPR
            block BLOCK_STMT
            boolean_type PRIMITIVE_TYPE
            break_statement BREAK_STMT
            cast_expression CAST_EXPR
            catch_clause CATCH_CLAUSE
            catch_formal_parameter PARAMETER
            character_literal CHAR_LITERAL_EXPR
            class_declaration CLASS_OR_INTERFACE_DECLARATION
            class_literal CLASS_EXPR
            compact_constructor_declaration COMPACT_CONSTRUCTOR_DECLARATION
            constant_declaration FIELD_DECLARATION
            constructor_declaration CONSTRUCTOR_DECLARATION
            continue_statement CONTINUE_STMT
            decimal_floating_point_literal DOUBLE_LITERAL_EXPR
            decimal_integer_literal INTEGER_LITERAL_EXPR LONG_LITERAL_EXPR
            dimensions_expr ARRAY_CREATION_LEVEL
            do_statement DO_STMT
            element_value_array_initializer ARRAY_INITIALIZER_EXPR
            element_value_pair MEMBER_VALUE_PAIR
            enhanced_for_statement FOR_EACH_STMT
            enum_constant ENUM_CONSTANT_DECLARATION
            enum_declaration ENUM_DECLARATION
            explicit_constructor_invocation EXPLICIT_CONSTRUCTOR_INVOCATION_STMT
            exports_module_directive MODULE_EXPORTS_DIRECTIVE
            expression_statement EXPRESSION_STMT
            false BOOLEAN_LITERAL_EXPR
            field_access FIELD_ACCESS_EXPR
            field_declaration FIELD_DECLARATION
            floating_point_type PRIMITIVE_TYPE
            for_statement FOR_STMT
            formal_parameter PARAMETER
            generic_type CLASS_OR_INTERFACE_TYPE
            hex_floating_point_literal DOUBLE_LITERAL_EXPR
            hex_integer_literal INTEGER_LITERAL_EXPR LONG_LITERAL_EXPR
            identifier NAME_EXPR NAME
            if_statement IF_STMT
            import_declaration IMPORT_DECLARATION
            instanceof_expression INSTANCE_OF_EXPR
            integral_type PRIMITIVE_TYPE
            interface_declaration CLASS_OR_INTERFACE_DECLARATION
            labeled_statement LABELED_STMT
            lambda_expression LAMBDA_EXPR
            local_variable_declaration VARIABLE_DECLARATION_EXPR
            marker_annotation MARKER_ANNOTATION_EXPR
            method_declaration METHOD_DECLARATION
            method_invocation METHOD_CALL_EXPR
            method_reference METHOD_REFERENCE_EXPR
            module_declaration MODULE_DECLARATION
            null_literal NULL_LITERAL_EXPR
            object_creation_expression OBJECT_CREATION_EXPR
            octal_integer_literal INTEGER_LITERAL_EXPR LONG_LITERAL_EXPR
            opens_module_directive MODULE_OPENS_DIRECTIVE
            package_declaration PACKAGE_DECLARATION
            parenthesized_expression ENCLOSED_EXPR
            program COMPILATION_UNIT
            provides_module_directive MODULE_PROVIDES_DIRECTIVE
            receiver_parameter RECEIVER_PARAMETER
            record_declaration RECORD_DECLARATION
            record_pattern RECORD_PATTERN_EXPR
            record_pattern_component TYPE_PATTERN_EXPR
            requires_module_directive MODULE_REQUIRES_DIRECTIVE
            return_statement RETURN_STMT
            scoped_identifier NAME
            scoped_type_identifier CLASS_OR_INTERFACE_TYPE
            spread_parameter PARAMETER
            static_initializer INITIALIZER_DECLARATION
            string_literal STRING_LITERAL_EXPR TEXT_BLOCK_LITERAL_EXPR
            super SUPER_EXPR
            switch_block_statement_group SWITCH_ENTRY
            switch_expression SWITCH_EXPR SWITCH_STMT
            switch_rule SWITCH_ENTRY
            synchronized_statement SYNCHRONIZED_STMT
            ternary_expression CONDITIONAL_EXPR
            this THIS_EXPR
            throw_statement THROW_STMT
            true BOOLEAN_LITERAL_EXPR
            try_statement TRY_STMT
            try_with_resources_statement TRY_STMT
            type_identifier CLASS_OR_INTERFACE_TYPE
            type_parameter TYPE_PARAMETER
            type_pattern TYPE_PATTERN_EXPR
            unary_expression UNARY_EXPR
            underscore_pattern MATCH_ALL_PATTERN_EXPR
            update_expression UNARY_EXPR
            uses_module_directive MODULE_USES_DIRECTIVE
            variable_declarator VARIABLE_DECLARATOR
            void_type VOID_TYPE
            while_statement WHILE_STMT
            wildcard WILDCARD_TYPE
            yield_statement YIELD_STMT
            """;

    private static final Map<String, Set<NodeKind>> BY_NAME = byName();

    private KindNames() {}

    /** The kinds that a name stands for; a name that stands for none is refused. */
    static Set<NodeKind> read(Written written) {
        Set<NodeKind> kinds = BY_NAME.get(written.text());
        if (kinds == null) {
            throw written.unknown("kind", written.text(), BY_NAME.keySet());
        }
        return kinds;
    }

    private static Map<String, Set<NodeKind>> byName() {
        Map<String, Set<NodeKind>> byName = new TreeMap<>();
        for (NodeKind kind : NodeKind.values()) {
            byName.put(kind.label(), Set.of(kind));
        }
        // JavaParser's names, which are nodes here where they stand alone.
        byName.put("SimpleName", EnumSet.of(NodeKind.NAME_EXPR, NodeKind.NAME));
        TREE_SITTER
                .lines()
                .map(line -> line.split(" "))
                .forEach(
                        words -> {
                            Set<NodeKind> kinds = EnumSet.noneOf(NodeKind.class);
                            for (int i = 1; i < words.length; i++) {
                                kinds.add(NodeKind.valueOf(words[i]));
                            }
                            byName.put(words[0], kinds);
                        });
        return byName;
    }
}
