package io.tidescope.tree.symbol;

import io.tidescope.tree.NodeKind;
import io.tidescope.tree.Role;
import io.tidescope.tree.SyntaxTree;
import io.tidescope.tree.TextTable;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** One pass over a tree that collects its symbols; keeps its own stack, so any depth will do. */
final class SymbolWalk {
    private static final String ANONYMOUS = "<anonymous>";

    private final SyntaxTree tree;
    private final TextTable names = new TextTable();
    private final Ancestors ancestors;
    private final Signature signature;
    private final Occurrences occurrences = new Occurrences();
    private final List<Named> definitions = new ArrayList<>();
    private boolean inOrder = true;

    /** A definition and the number of its name. */
    private record Named(Definition definition, int name) {}

    SymbolWalk(SyntaxTree tree) {
        this.tree = tree;
        this.ancestors = new Ancestors(tree);
        this.signature = new Signature(tree);
    }

    Symbols walk() {
        for (int node = 0; node < tree.nodeCount(); node++) {
            ancestors.leaveBefore(node);
            Role role = tree.role(node);
            if (role == Role.ANONYMOUS_CLASS_BODY || role == Role.CLASS_BODY) {
                ancestors.enterAnonymous(ANONYMOUS);
            }
            NodeKind kind = tree.kind(node);
            if (tree.isNamed(node)) {
                named(node, kind);
            } else if (kind == NodeKind.MODULE_DECLARATION) {
                module(node);
            }
            if (tree.subtreeSize(node) > 1) {
                ancestors.enter(node, containerInside(node, kind));
            }
        }
        occurrences.sort();
        if (!inOrder) {
            definitions.sort(Comparator.comparingInt(it -> it.definition().nameStart()));
        }
        return new Symbols(
                names,
                definitions.stream().map(Named::definition).toList(),
                definitions.stream().mapToInt(Named::name).toArray(),
                occurrences);
    }

    private void named(int node, NodeKind kind) {
        OccurrenceRole role = OccurrenceRoles.of(tree, node, kind, ancestors);
        if (role == null) {
            return;
        }
        int name = tree.number(node, names);
        String text = names.text(name);
        if (Occurrence.isKeyword(text)) {
            return;
        }
        int start = start(node, text);
        occurrences.add(name, role, start);
        if (role == OccurrenceRole.DEFINITION) {
            SymbolKind symbol = symbolKind(node, kind);
            int declaration = symbol == SymbolKind.FIELD ? ancestors.parent() : node;
            define(name, symbol, node, declaration, start);
        }
    }

    /**
     * Where the name stands. One with an escape in it, or with a character that ends names only in
     * Java's eyes behind it, is not at a place that the tree knows as the name's.
     */
    private int start(int node, String name) {
        int start = tree.textStart(node);
        if (start < 0) {
            start = tree.nameStart(node);
        }
        return start >= 0
                ? start
                : Math.max(
                        tree.start(node),
                        tree.end(node) - name.getBytes(StandardCharsets.UTF_8).length);
    }

    private void define(int name, SymbolKind symbol, int node, int declaration, int nameStart) {
        inOrder &=
                definitions.isEmpty() || definitions.getLast().definition().nameStart() < nameStart;
        Definition definition =
                new Definition(
                        names.text(name),
                        symbol,
                        ancestors.container(),
                        signature.of(symbol, node),
                        nameStart,
                        tree.start(declaration),
                        tree.end(declaration));
        definitions.add(new Named(definition, name));
    }

    /**
     * A module's name is several nodes, so it is no occurrence; it stands in the source at once.
     */
    private void module(int node) {
        for (int child = node + 1; child < tree.subtreeEnd(node); child = tree.subtreeEnd(child)) {
            if (tree.role(child) == Role.NAME) {
                int name = names.number(qualified(child).getBytes(StandardCharsets.UTF_8));
                define(name, SymbolKind.MODULE, node, node, tree.start(child));
            }
        }
    }

    private SymbolKind symbolKind(int node, NodeKind kind) {
        return switch (kind) {
            case CLASS_OR_INTERFACE_DECLARATION ->
                    tree.attributeBits(node) == 0 ? SymbolKind.CLASS : SymbolKind.INTERFACE;
            case ENUM_DECLARATION -> SymbolKind.ENUM;
            case RECORD_DECLARATION -> SymbolKind.RECORD;
            case ANNOTATION_DECLARATION -> SymbolKind.ANNOTATION;
            case METHOD_DECLARATION -> SymbolKind.METHOD;
            case CONSTRUCTOR_DECLARATION, COMPACT_CONSTRUCTOR_DECLARATION -> SymbolKind.CONSTRUCTOR;
            case VARIABLE_DECLARATOR -> SymbolKind.FIELD;
            case ENUM_CONSTANT_DECLARATION -> SymbolKind.ENUM_CONSTANT;
            case PARAMETER -> SymbolKind.RECORD_COMPONENT;
            case ANNOTATION_MEMBER_DECLARATION -> SymbolKind.ANNOTATION_MEMBER;
            case TYPE_PARAMETER -> SymbolKind.TYPE_PARAMETER;
            default -> throw new IllegalStateException(kind + " defines nothing");
        };
    }

    private String containerInside(int node, NodeKind kind) {
        return switch (kind) {
            case COMPILATION_UNIT -> packageName(node);
            case CLASS_OR_INTERFACE_DECLARATION,
                    ENUM_DECLARATION,
                    RECORD_DECLARATION,
                    ANNOTATION_DECLARATION ->
                    tree.isNamed(node)
                            ? Ancestors.join(ancestors.container(), text(node))
                            : ancestors.container();
            case METHOD_DECLARATION, CONSTRUCTOR_DECLARATION, COMPACT_CONSTRUCTOR_DECLARATION ->
                    Ancestors.join(ancestors.container(), text(node) + "()");
            default -> ancestors.container();
        };
    }

    private String packageName(int unit) {
        for (int child = unit + 1; child < tree.subtreeEnd(unit); child = tree.subtreeEnd(child)) {
            if (tree.kind(child) == NodeKind.PACKAGE_DECLARATION) {
                for (int part = child + 1;
                        part < tree.subtreeEnd(child);
                        part = tree.subtreeEnd(part)) {
                    if (tree.role(part) == Role.NAME) {
                        return qualified(part);
                    }
                }
            }
        }
        return "";
    }

    /** A name node's whole name: its qualifiers are below it, from the last to the first. */
    private String qualified(int name) {
        var whole = new StringBuilder();
        for (int node = tree.subtreeEnd(name) - 1; node >= name; node--) {
            if (!whole.isEmpty()) {
                whole.append('.');
            }
            whole.append(text(node));
        }
        return whole.toString();
    }

    private String text(int node) {
        return tree.hasText(node) ? names.text(tree.number(node, names)) : "";
    }
}
