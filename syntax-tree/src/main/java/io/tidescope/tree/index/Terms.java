package io.tidescope.tree.index;

import io.tidescope.tree.KindSet;
import io.tidescope.tree.NodeKind;
import io.tidescope.tree.SyntaxTree;
import io.tidescope.tree.TextTable;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * What documents can be looked up by besides the names that occur in them: their literals, and the
 * kinds of nodes that few documents have.
 *
 * <p>Bytes of a term: {@code "} and the beginning of a literal's text, {@code #} and the name of a
 * kind, or {@code !} alone for a tree that nobody can read.
 */
public final class Terms {
    /** Literals with the same beginning share a term. */
    public static final int MAX_LITERAL_BYTES = 64;

    /** Shorter literals are in too many documents to choose any. */
    private static final int MIN_LITERAL_BYTES = 2;

    /**
     * About one document in twelve, or fewer, has each of them. Changing this changes the format.
     */
    private static final List<NodeKind> UNCOMMON_KINDS =
            List.of(
                    NodeKind.ANNOTATION_DECLARATION,
                    NodeKind.ANNOTATION_MEMBER_DECLARATION,
                    NodeKind.ASSERT_STMT,
                    NodeKind.COMPACT_CONSTRUCTOR_DECLARATION,
                    NodeKind.DO_STMT,
                    NodeKind.EMPTY_STMT,
                    NodeKind.INITIALIZER_DECLARATION,
                    NodeKind.INTERSECTION_TYPE,
                    NodeKind.LABELED_STMT,
                    NodeKind.LOCAL_CLASS_DECLARATION_STMT,
                    NodeKind.LOCAL_RECORD_DECLARATION_STMT,
                    NodeKind.MODULE_DECLARATION,
                    NodeKind.MODULE_EXPORTS_DIRECTIVE,
                    NodeKind.MODULE_OPENS_DIRECTIVE,
                    NodeKind.MODULE_PROVIDES_DIRECTIVE,
                    NodeKind.MODULE_REQUIRES_DIRECTIVE,
                    NodeKind.MODULE_USES_DIRECTIVE,
                    NodeKind.RECEIVER_PARAMETER,
                    NodeKind.RECORD_DECLARATION,
                    NodeKind.RECORD_PATTERN_EXPR,
                    NodeKind.SWITCH_EXPR,
                    NodeKind.SYNCHRONIZED_STMT,
                    NodeKind.TEXT_BLOCK_LITERAL_EXPR,
                    NodeKind.TYPE_PATTERN_EXPR,
                    NodeKind.UNION_TYPE,
                    NodeKind.VAR_TYPE,
                    NodeKind.YIELD_STMT);

    private static final KindSet UNCOMMON = KindSet.of(UNCOMMON_KINDS);
    private static final KindSet LITERALS =
            KindSet.of(
                    Arrays.stream(NodeKind.values())
                            .filter(kind -> kind.textProperty().equals("value"))
                            .toList());

    private Terms() {}

    /** The only term of a document whose tree is damaged: whatever is looked for may be in it. */
    public static byte[] unreadable() {
        return new byte[] {'!'};
    }

    /** The terms of a tree, each once. */
    static List<byte[]> of(SyntaxTree tree, KindSet kinds) {
        TextTable literals = new TextTable();
        int count = tree.nodeCount();
        for (int n = tree.next(LITERALS, 0); n < count; n = tree.next(LITERALS, n + 1)) {
            tree.number(n, literals);
        }
        List<byte[]> terms = new ArrayList<>(literals.size());
        for (int literal = 0; literal < literals.size(); literal++) {
            literal(literals.utf8(literal)).ifPresent(terms::add);
        }
        for (NodeKind kind : UNCOMMON_KINDS) {
            if (kinds.contains(kind)) {
                terms.add(kind(kind));
            }
        }
        return distinct(terms);
    }

    /** The term of a literal; none when it is not one to look up. */
    public static Optional<byte[]> literal(String text) {
        // No more of a long text is encoded than is needed.
        return literal(
                text.substring(0, Math.min(text.length(), MAX_LITERAL_BYTES + 1))
                        .getBytes(StandardCharsets.UTF_8));
    }

    private static Optional<byte[]> literal(byte[] bytes) {
        int length = Math.min(IndexedName.firstNul(bytes), MAX_LITERAL_BYTES);
        return length < MIN_LITERAL_BYTES
                ? Optional.empty()
                : Optional.of(term('"', Arrays.copyOf(bytes, length)));
    }

    /** The terms of kinds of which a document has one; none when they are not to be looked up. */
    public static Optional<List<byte[]>> kinds(Collection<NodeKind> kinds) {
        return kinds.stream().allMatch(UNCOMMON::contains)
                ? Optional.of(kinds.stream().map(Terms::kind).toList())
                : Optional.empty();
    }

    private static byte[] kind(NodeKind kind) {
        return term('#', kind.name().getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] term(char sort, byte[] text) {
        byte[] term = new byte[1 + text.length];
        term[0] = (byte) sort;
        System.arraycopy(text, 0, term, 1, text.length);
        return term;
    }

    /** Literals may differ behind what is kept of them. */
    private static List<byte[]> distinct(List<byte[]> terms) {
        terms.sort(Arrays::compareUnsigned);
        List<byte[]> distinct = new ArrayList<>(terms.size());
        for (byte[] term : terms) {
            if (distinct.isEmpty() || !Arrays.equals(distinct.getLast(), term)) {
                distinct.add(term);
            }
        }
        return distinct;
    }
}
