package io.tidescope.tree;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads the texts of one tree's nodes, with one string object for each different text: identifiers
 * repeat. Not safe to share between threads.
 */
public final class NodeTexts {
    private final SyntaxTree tree;
    private byte @Nullable [] source;
    private @Nullable TextTable table;

    public NodeTexts(SyntaxTree tree) {
        this.tree = tree;
    }

    /** The same as {@link SyntaxTree#text(int)}. */
    public String text(int node) {
        if (!tree.hasText(node)) {
            return "";
        }
        TextTable known = table;
        if (known == null) {
            known = new TextTable();
            table = known;
        }
        return known.text(tree.number(node, known));
    }

    /**
     * Whether the node has a text and it is this, in UTF-8; makes no string in almost all cases.
     */
    public boolean is(int node, byte[] utf8) {
        int start = tree.textStart(node);
        if (start < 0 || tree.isDeviant(node)) {
            return tree.hasText(node)
                    && Arrays.equals(tree.text(node).getBytes(StandardCharsets.UTF_8), utf8);
        }
        int end = start + utf8.length;
        byte[] source = source();
        // Most texts differ, most of them at once.
        return end <= source.length
                && (utf8.length == 0 || source[start] == utf8[0])
                && Arrays.equals(source, start, end, utf8, 0, utf8.length)
                && tree.textEndsAt(node, start, end);
    }

    /** Whether two nodes have the same text, or none both. */
    public boolean same(int node, int other) {
        int start = tree.textStart(node);
        int otherStart = tree.textStart(other);
        if (start < 0 || otherStart < 0 || tree.isDeviant(node) || tree.isDeviant(other)) {
            return tree.hasText(node) == tree.hasText(other)
                    && tree.text(node).equals(tree.text(other));
        }
        byte[] source = source();
        return Arrays.equals(
                source, start, tree.textEnd(node), source, otherStart, tree.textEnd(other));
    }

    private byte[] source() {
        byte[] known = source;
        if (known == null) {
            known = tree.sourceBytes();
            source = known;
        }
        return known;
    }
}
