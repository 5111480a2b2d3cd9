package io.tidescope.tree;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * A bit field in the attribute column: one property of the nodes of one kind. The layout is stored:
 * fields are only added above the ones a kind has, values only at the end.
 *
 * @param name JavaParser's property name, or {@code hasTypeArguments} and {@code
 *     hasAnonymousClassBody} for a list that is there but empty ({@code new A<>() {}})
 * @param shift lowest bit
 * @param values names of the values 0, 1, 2 …; empty for a flag of one bit
 */
public record AttributeField(String name, int shift, List<String> values) {
    /** The list {@code typeArguments} is there but empty, as in {@code new A<>()}. */
    public static final String EMPTY_TYPE_ARGUMENTS = "hasTypeArguments";

    /** The list {@code anonymousClassBody} is there but empty, as in {@code new A() {}}. */
    public static final String EMPTY_ANONYMOUS_CLASS_BODY = "hasAnonymousClassBody";

    /** The parameters of a lambda stand between parentheses. */
    public static final String ENCLOSING_PARAMETERS = "isEnclosingParameters";

    private static final Map<NodeKind, List<AttributeField>> BY_KIND = layout();

    public AttributeField {
        values = List.copyOf(values);
    }

    /** The fields of a kind of node, from the lowest bit; empty for most kinds. */
    public static List<AttributeField> of(NodeKind kind) {
        return BY_KIND.getOrDefault(kind, List.of());
    }

    /** The value of this field among a node's attribute bits. */
    public int read(int bits) {
        return (bits >>> shift) & ((1 << width()) - 1);
    }

    int width() {
        return values.isEmpty() ? 1 : 32 - Integer.numberOfLeadingZeros(values.size() - 1);
    }

    private static Map<NodeKind, List<AttributeField>> layout() {
        var layout = new EnumMap<NodeKind, List<AttributeField>>(NodeKind.class);
        field(layout, NodeKind.ARRAY_TYPE, "origin", "NAME TYPE");
        field(
                layout,
                NodeKind.ASSIGN_EXPR,
                "operator",
                "ASSIGN PLUS MINUS MULTIPLY DIVIDE BINARY_AND BINARY_OR XOR REMAINDER LEFT_SHIFT"
                        + " SIGNED_RIGHT_SHIFT UNSIGNED_RIGHT_SHIFT");
        field(
                layout,
                NodeKind.BINARY_EXPR,
                "operator",
                "OR AND BINARY_OR BINARY_AND XOR EQUALS NOT_EQUALS LESS GREATER LESS_EQUALS"
                        + " GREATER_EQUALS LEFT_SHIFT SIGNED_RIGHT_SHIFT UNSIGNED_RIGHT_SHIFT PLUS"
                        + " MINUS MULTIPLY DIVIDE REMAINDER");
        field(
                layout,
                NodeKind.UNARY_EXPR,
                "operator",
                "PLUS MINUS PREFIX_INCREMENT PREFIX_DECREMENT LOGICAL_COMPLEMENT BITWISE_COMPLEMENT"
                        + " POSTFIX_INCREMENT POSTFIX_DECREMENT");
        field(
                layout,
                NodeKind.MODIFIER,
                "keyword",
                "DEFAULT PUBLIC PROTECTED PRIVATE ABSTRACT STATIC FINAL TRANSIENT VOLATILE"
                        + " SYNCHRONIZED NATIVE STRICTFP TRANSITIVE SEALED NON_SEALED");
        field(
                layout,
                NodeKind.PRIMITIVE_TYPE,
                "type",
                "BOOLEAN CHAR BYTE SHORT INT LONG FLOAT DOUBLE");
        field(
                layout,
                NodeKind.SWITCH_ENTRY,
                "type",
                "STATEMENT_GROUP EXPRESSION BLOCK THROWS_STATEMENT");
        flag(layout, NodeKind.SWITCH_ENTRY, "isDefault");
        flag(layout, NodeKind.BOOLEAN_LITERAL_EXPR, "value");
        flag(layout, NodeKind.CLASS_OR_INTERFACE_DECLARATION, "isInterface");
        flag(layout, NodeKind.CLASS_OR_INTERFACE_DECLARATION, "isCompact");
        flag(layout, NodeKind.EXPLICIT_CONSTRUCTOR_INVOCATION_STMT, "isThis");
        flag(layout, NodeKind.IMPORT_DECLARATION, "isAsterisk");
        flag(layout, NodeKind.IMPORT_DECLARATION, "isModule");
        flag(layout, NodeKind.IMPORT_DECLARATION, "isStatic");
        flag(layout, NodeKind.INITIALIZER_DECLARATION, "isStatic");
        flag(layout, NodeKind.LAMBDA_EXPR, ENCLOSING_PARAMETERS);
        flag(layout, NodeKind.MODULE_DECLARATION, "isOpen");
        flag(layout, NodeKind.PARAMETER, "isVarArgs");
        flag(layout, NodeKind.CLASS_OR_INTERFACE_TYPE, EMPTY_TYPE_ARGUMENTS);
        flag(layout, NodeKind.EXPLICIT_CONSTRUCTOR_INVOCATION_STMT, EMPTY_TYPE_ARGUMENTS);
        flag(layout, NodeKind.FIELD_ACCESS_EXPR, EMPTY_TYPE_ARGUMENTS);
        flag(layout, NodeKind.METHOD_CALL_EXPR, EMPTY_TYPE_ARGUMENTS);
        flag(layout, NodeKind.METHOD_REFERENCE_EXPR, EMPTY_TYPE_ARGUMENTS);
        flag(layout, NodeKind.OBJECT_CREATION_EXPR, EMPTY_TYPE_ARGUMENTS);
        flag(layout, NodeKind.OBJECT_CREATION_EXPR, EMPTY_ANONYMOUS_CLASS_BODY);
        layout.replaceAll((kind, fields) -> List.copyOf(fields));
        return layout;
    }

    private static void flag(
            Map<NodeKind, List<AttributeField>> layout, NodeKind kind, String name) {
        add(layout, kind, name, List.of());
    }

    private static void field(
            Map<NodeKind, List<AttributeField>> layout, NodeKind kind, String name, String values) {
        add(layout, kind, name, List.of(values.split(" ")));
    }

    private static void add(
            Map<NodeKind, List<AttributeField>> layout,
            NodeKind kind,
            String name,
            List<String> values) {
        var fields = layout.computeIfAbsent(kind, k -> new ArrayList<>());
        int shift = fields.stream().mapToInt(AttributeField::width).sum();
        fields.add(new AttributeField(name, shift, values));
    }
}
