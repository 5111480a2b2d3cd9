package io.tidescope.tree.symbol;

import io.tidescope.tree.AttributeField;
import io.tidescope.tree.NodeKind;
import io.tidescope.tree.Role;
import io.tidescope.tree.SyntaxTree;

import org.jspecify.annotations.Nullable;

/** Tells how a name is used from the nodes around it. */
final class OccurrenceRoles {
    private static final AttributeField UNARY_OPERATOR =
            AttributeField.of(NodeKind.UNARY_EXPR).getFirst();

    private OccurrenceRoles() {}

    /** The role of a node's identifier; none for a literal, whose text is no name. */
    static @Nullable OccurrenceRole of(
            SyntaxTree tree, int node, NodeKind kind, Ancestors ancestors) {
        return switch (kind) {
            case NAME_EXPR, FIELD_ACCESS_EXPR ->
                    isWritten(tree, node, ancestors) ? OccurrenceRole.WRITE : OccurrenceRole.READ;
            case CLASS_OR_INTERFACE_TYPE -> ofType(tree, node, ancestors);
            case METHOD_CALL_EXPR -> OccurrenceRole.CALL;
            case NAME -> ofName(tree, node, ancestors);
            case VARIABLE_DECLARATOR -> definedIn(tree, ancestors, NodeKind.FIELD_DECLARATION);
            case PARAMETER -> definedIn(tree, ancestors, NodeKind.RECORD_DECLARATION);
            case ANNOTATION_DECLARATION,
                    ANNOTATION_MEMBER_DECLARATION,
                    CLASS_OR_INTERFACE_DECLARATION,
                    COMPACT_CONSTRUCTOR_DECLARATION,
                    CONSTRUCTOR_DECLARATION,
                    ENUM_CONSTANT_DECLARATION,
                    ENUM_DECLARATION,
                    METHOD_DECLARATION,
                    RECORD_DECLARATION,
                    TYPE_PARAMETER ->
                    OccurrenceRole.DEFINITION;
            case TYPE_PATTERN_EXPR, LABELED_STMT -> OccurrenceRole.LOCAL_DEFINITION;
            case METHOD_REFERENCE_EXPR -> OccurrenceRole.METHOD_REFERENCE;
            case BREAK_STMT, CONTINUE_STMT, MEMBER_VALUE_PAIR -> OccurrenceRole.LABEL;
            default -> null;
        };
    }

    private static OccurrenceRole definedIn(
            SyntaxTree tree, Ancestors ancestors, NodeKind declaration) {
        return tree.kind(ancestors.parent()) == declaration
                ? OccurrenceRole.DEFINITION
                : OccurrenceRole.LOCAL_DEFINITION;
    }

    private static OccurrenceRole ofType(SyntaxTree tree, int node, Ancestors ancestors) {
        return switch (tree.role(node)) {
            case EXTENDED_TYPES, IMPLEMENTED_TYPES, PERMITTED_TYPES -> OccurrenceRole.SUPERTYPE;
            case TYPE ->
                    tree.kind(ancestors.parent()) == NodeKind.OBJECT_CREATION_EXPR
                            ? OccurrenceRole.INSTANTIATION
                            : OccurrenceRole.TYPE;
            default -> OccurrenceRole.TYPE;
        };
    }

    private static OccurrenceRole ofName(SyntaxTree tree, int node, Ancestors ancestors) {
        int level = ancestors.depth() - 1;
        while (tree.kind(ancestors.at(level)) == NodeKind.NAME) {
            level--;
        }
        return switch (tree.kind(ancestors.at(level))) {
            case IMPORT_DECLARATION -> OccurrenceRole.IMPORT;
            case PACKAGE_DECLARATION,
                    MODULE_DECLARATION,
                    MODULE_EXPORTS_DIRECTIVE,
                    MODULE_OPENS_DIRECTIVE,
                    MODULE_REQUIRES_DIRECTIVE ->
                    OccurrenceRole.PACKAGE;
            case MARKER_ANNOTATION_EXPR, NORMAL_ANNOTATION_EXPR, SINGLE_MEMBER_ANNOTATION_EXPR ->
                    tree.role(node) == Role.QUALIFIER
                            ? OccurrenceRole.TYPE
                            : OccurrenceRole.ANNOTATION;
            default -> OccurrenceRole.TYPE;
        };
    }

    private static boolean isWritten(SyntaxTree tree, int node, Ancestors ancestors) {
        int inner = node;
        int level = ancestors.depth() - 1;
        while (tree.kind(ancestors.at(level)) == NodeKind.ENCLOSED_EXPR) {
            inner = ancestors.at(level--);
        }
        int outer = ancestors.at(level);
        return switch (tree.kind(outer)) {
            case ASSIGN_EXPR -> tree.role(inner) == Role.TARGET;
            case UNARY_EXPR ->
                    switch (UNARY_OPERATOR
                            .values()
                            .get(UNARY_OPERATOR.read(tree.attributeBits(outer)))) {
                        case "PREFIX_INCREMENT",
                                "PREFIX_DECREMENT",
                                "POSTFIX_INCREMENT",
                                "POSTFIX_DECREMENT" ->
                                true;
                        default -> false;
                    };
            default -> false;
        };
    }
}
