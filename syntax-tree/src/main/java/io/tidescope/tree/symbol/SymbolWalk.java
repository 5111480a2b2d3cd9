package io.tidescope.tree.symbol;

import io.tidescope.tree.NodeKind;
import io.tidescope.tree.NodeTexts;
import io.tidescope.tree.Role;
import io.tidescope.tree.SyntaxTree;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** One pass over a tree that collects its symbols; keeps its own stack, so any depth will do. */
final class SymbolWalk {
    private static final String ANONYMOUS = "<anonymous>";

    private final SyntaxTree tree;
    private final NodeTexts texts;
    private final Ancestors ancestors;
    private final Signature signature;
    private final List<Definition> definitions = new ArrayList<>();
    private final List<Occurrence> occurrences = new ArrayList<>();
    private int lastStart = -1;
    private boolean inOrder = true;

    SymbolWalk(SyntaxTree tree) {
        this.tree = tree;
        this.texts = new NodeTexts(tree);
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
            if (tree.textStart(node) >= 0) {
                named(node, kind);
            } else if (kind == NodeKind.MODULE_DECLARATION) {
                module(node);
            }
            if (tree.subtreeSize(node) > 1) {
                ancestors.enter(node, containerInside(node, kind));
            }
        }
        if (!inOrder) {
            definitions.sort(Comparator.comparingInt(Definition::nameStart));
            occurrences.sort(Comparator.comparingInt(Occurrence::start));
            removeRepeated();
        }
        return new Symbols(definitions, occurrences);
    }

    private void named(int node, NodeKind kind) {
        OccurrenceRole role = OccurrenceRoles.of(tree, node, kind, ancestors);
        if (role == null) {
            return;
        }
        String name = texts.text(node);
        if (Occurrence.isKeyword(name)) {
            return;
        }
        int start = tree.textStart(node);
        if (start <= lastStart) {
            inOrder = false;
        }
        lastStart = start;
        occurrences.add(new Occurrence(name, role, start));
        if (role == OccurrenceRole.DEFINITION) {
            SymbolKind symbol = symbolKind(node, kind);
            int declaration = symbol == SymbolKind.FIELD ? ancestors.parent() : node;
            define(name, symbol, node, declaration, start);
        }
    }

    private void define(String name, SymbolKind symbol, int node, int declaration, int nameStart) {
        definitions.add(
                new Definition(
                        name,
                        symbol,
                        ancestors.container(),
                        signature.of(symbol, node),
                        nameStart,
                        tree.start(declaration),
                        tree.end(declaration)));
    }

    /**
     * A module's name is several nodes, so it is no occurrence; it stands in the source at once.
     */
    private void module(int node) {
        for (int child = node + 1; child < tree.subtreeEnd(node); child = tree.subtreeEnd(child)) {
            if (tree.role(child) == Role.NAME) {
                String name = qualified(child);
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
                    tree.textStart(node) < 0
                            ? ancestors.container()
                            : Ancestors.join(ancestors.container(), texts.text(node));
            case METHOD_DECLARATION, CONSTRUCTOR_DECLARATION, COMPACT_CONSTRUCTOR_DECLARATION ->
                    Ancestors.join(ancestors.container(), texts.text(node) + "()");
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
            whole.append(texts.text(node));
        }
        return whole.toString();
    }

    private void removeRepeated() {
        int kept = 0;
        for (Occurrence occurrence : occurrences) {
            if (kept == 0 || occurrences.get(kept - 1).start() != occurrence.start()) {
                occurrences.set(kept++, occurrence);
            }
        }
        occurrences.subList(kept, occurrences.size()).clear();
    }
}
