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
    private @Nullable String[] texts = new @Nullable String[256];
    private int[] starts = new int[256];
    private int[] lengths = new int[256];
    private int count;

    public NodeTexts(SyntaxTree tree) {
        this.tree = tree;
    }

    /** The same as {@link SyntaxTree#text(int)}. */
    public String text(int node) {
        int start = tree.textStart(node);
        if (start < 0 || tree.isDeviant(node)) {
            return tree.text(node);
        }
        return slice(start, tree.textEnd(node));
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

    private String slice(int start, int end) {
        byte[] source = source();
        int mask = texts.length - 1;
        int slot = hash(start, end) & mask;
        for (String found = texts[slot]; found != null; found = texts[slot]) {
            int at = starts[slot];
            if (Arrays.equals(source, at, at + lengths[slot], source, start, end)) {
                return found;
            }
            slot = (slot + 1) & mask;
        }
        String text = new String(source, start, end - start, StandardCharsets.UTF_8);
        texts[slot] = text;
        starts[slot] = start;
        lengths[slot] = end - start;
        if (++count > texts.length / 2) {
            grow();
        }
        return text;
    }

    private void grow() {
        @Nullable String[] oldTexts = texts;
        int[] oldStarts = starts;
        int[] oldLengths = lengths;
        texts = new @Nullable String[oldTexts.length * 4];
        starts = new int[texts.length];
        lengths = new int[texts.length];
        int mask = texts.length - 1;
        for (int i = 0; i < oldTexts.length; i++) {
            if (oldTexts[i] != null) {
                int slot = hash(oldStarts[i], oldStarts[i] + oldLengths[i]) & mask;
                while (texts[slot] != null) {
                    slot = (slot + 1) & mask;
                }
                texts[slot] = oldTexts[i];
                starts[slot] = oldStarts[i];
                lengths[slot] = oldLengths[i];
            }
        }
    }

    private byte[] source() {
        byte[] known = source;
        if (known == null) {
            known = tree.sourceBytes();
            source = known;
        }
        return known;
    }

    private int hash(int start, int end) {
        byte[] source = source();
        int hash = 0;
        for (int i = start; i < end; i++) {
            hash = 31 * hash + source[i];
        }
        return hash ^ (hash >>> 15);
    }
}
