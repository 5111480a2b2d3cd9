package io.tidescope.tree.symbol;

import io.tidescope.tree.AttributeField;
import io.tidescope.tree.NodeKind;
import io.tidescope.tree.Role;
import io.tidescope.tree.SyntaxTree;

import java.util.List;

/** Writes the signatures of {@link Definition}s, from the types as the source has them. */
final class Signature {
    private static final int VAR_ARGS_BIT =
            1 << flag(AttributeField.of(NodeKind.PARAMETER), "isVarArgs");

    private static final String OPENING = "<([.";
    private static final String CLOSING = ">)].,";

    private final SyntaxTree tree;

    Signature(SyntaxTree tree) {
        this.tree = tree;
    }

    String of(SymbolKind symbol, int node) {
        return switch (symbol) {
            case METHOD -> {
                var line = new StringBuilder();
                list(line, node, Role.TYPE_PARAMETERS, "<", ">");
                parameters(line, node);
                child(line.append(": "), node, Role.TYPE);
                yield line.toString();
            }
            case CONSTRUCTOR, RECORD -> {
                var line = new StringBuilder();
                list(line, node, Role.TYPE_PARAMETERS, "<", ">");
                if (tree.kind(node) != NodeKind.COMPACT_CONSTRUCTOR_DECLARATION) {
                    parameters(line, node);
                }
                yield line.toString();
            }
            case CLASS, INTERFACE -> {
                var line = new StringBuilder();
                list(line, node, Role.TYPE_PARAMETERS, "<", ">");
                yield line.toString();
            }
            case FIELD, ANNOTATION_MEMBER -> {
                var line = new StringBuilder();
                child(line, node, Role.TYPE);
                yield line.toString();
            }
            case RECORD_COMPONENT -> {
                var line = new StringBuilder();
                parameter(line, node);
                yield line.toString();
            }
            case TYPE_PARAMETER -> {
                var line = new StringBuilder();
                bounds(line, node);
                yield line.toString();
            }
            case ENUM, ANNOTATION, ENUM_CONSTANT, MODULE -> "";
        };
    }

    private void parameters(StringBuilder line, int node) {
        line.append('(');
        String separator = "";
        for (int child = node + 1; child < tree.subtreeEnd(node); child = tree.subtreeEnd(child)) {
            if (tree.role(child) == Role.PARAMETERS) {
                line.append(separator);
                parameter(line, child);
                separator = ", ";
            }
        }
        line.append(')');
    }

    private void parameter(StringBuilder line, int node) {
        child(line, node, Role.TYPE);
        if ((tree.attributeBits(node) & VAR_ARGS_BIT) != 0) {
            line.append("...");
        }
    }

    private void list(StringBuilder line, int node, Role role, String before, String after) {
        String separator = before;
        for (int child = node + 1; child < tree.subtreeEnd(node); child = tree.subtreeEnd(child)) {
            if (tree.role(child) == role) {
                line.append(separator);
                append(line, child);
                separator = ", ";
            }
        }
        if (!separator.equals(before)) {
            line.append(after);
        }
    }

    private void bounds(StringBuilder line, int node) {
        String separator = "";
        for (int child = node + 1; child < tree.subtreeEnd(node); child = tree.subtreeEnd(child)) {
            if (tree.role(child) == Role.TYPE_BOUND) {
                line.append(separator);
                append(line, child);
                separator = " & ";
            }
        }
    }

    private void child(StringBuilder line, int node, Role role) {
        for (int child = node + 1; child < tree.subtreeEnd(node); child = tree.subtreeEnd(child)) {
            if (tree.role(child) == role) {
                append(line, child);
                return;
            }
        }
    }

    /** A type as written; an array's brackets may stand behind the name, so they are added here. */
    private void append(StringBuilder line, int type) {
        int element = type;
        int brackets = 0;
        while (tree.kind(element) == NodeKind.ARRAY_TYPE) {
            element++; // its component type comes first
            brackets++;
        }
        source(line, tree.start(element), tree.end(element));
        line.repeat("[]", brackets);
    }

    private void source(StringBuilder line, int start, int end) {
        String text = tree.sourceText(start, end);
        int at = 0;
        boolean blank = false;
        while (at < text.length()) {
            int next = afterComment(text, at);
            if (next > at || Character.isWhitespace(text.charAt(at))) {
                blank = true;
                at = Math.max(next, at + 1);
            } else {
                char c = text.charAt(at++);
                if (blank && separates(line, c)) {
                    line.append(' ');
                }
                blank = false;
                line.append(c);
            }
        }
    }

    /** Whether a blank before this character is more than layout. */
    private static boolean separates(StringBuilder line, char c) {
        return line.isEmpty()
                || (OPENING.indexOf(line.charAt(line.length() - 1)) < 0 && CLOSING.indexOf(c) < 0);
    }

    /** The end of a comment that starts here; here when none does. */
    private static int afterComment(String text, int at) {
        if (text.startsWith("/*", at)) {
            int end = text.indexOf("*/", at + 2);
            return end < 0 ? text.length() : end + 2;
        }
        if (text.startsWith("//", at)) {
            int end = text.indexOf('\n', at);
            return end < 0 ? text.length() : end;
        }
        return at;
    }

    private static int flag(List<AttributeField> fields, String name) {
        return fields.stream()
                .filter(field -> field.name().equals(name))
                .findFirst()
                .orElseThrow()
                .shift();
    }
}
