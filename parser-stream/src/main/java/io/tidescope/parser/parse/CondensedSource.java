package io.tidescope.parser.parse;

import io.tidescope.tree.Comment;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * A source for JavaParser without what its tree does not hold: comments, line ends and blanks.
 *
 * <p>JavaParser makes an object with two positions and two links of every blank, which is nearly
 * half of its time. Here the comments are collected, and of what stands between two tokens at most
 * one blank is left, where the tokens would otherwise grow together. Only the outlines of literals
 * and comments are recognised; a source that has anything beyond them that is not plain Java is
 * left to JavaParser as it is.
 */
final class CondensedSource {
    private final byte[] source;
    private final byte[] kept;
    private final int[] offsets;
    private final Gaps gaps;
    private int at;
    private int size;
    private int tokens;
    private boolean ascii = true;
    private int lineEnds;

    private CondensedSource(byte[] source) {
        this.source = source;
        gaps = new Gaps(source);
        kept = new byte[source.length];
        offsets = new int[source.length];
    }

    /**
     * @param source UTF-8
     * @return null when it is better parsed as it is
     */
    static @Nullable CondensedSource of(byte[] source) {
        CondensedSource condensed = new CondensedSource(source);
        return condensed.condense() ? condensed : null;
    }

    /** What JavaParser is to parse. */
    String text() {
        return new String(
                kept, 0, size, ascii ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
    }

    /** In the order of the source. */
    List<Comment> comments() {
        return gaps.comments();
    }

    /** Of JavaParser's positions in the text. */
    SourcePositions positions() {
        int[] units = ascii ? Arrays.copyOf(offsets, size) : unitOffsets();
        return SourcePositions.ofParts(source, lineStarts(units.length), units);
    }

    private int[] unitOffsets() {
        int[] units = new int[size];
        int count = 0;
        for (int i = 0; i < size; i++) {
            if ((kept[i] & 0xC0) != 0x80) {
                units[count++] = offsets[i];
            }
        }
        return Arrays.copyOf(units, count);
    }

    /** Lines end in text blocks only. */
    private int[] lineStarts(int units) {
        if (lineEnds == 0) {
            return new int[] {0, units};
        }
        int[] starts = new int[lineEnds + 2];
        int line = 1;
        int unit = 0;
        for (int i = 0; i < size; i++) {
            unit += (kept[i] & 0xC0) != 0x80 ? 1 : 0;
            if (kept[i] == '\n' || kept[i] == '\r' && !(i + 1 < size && kept[i + 1] == '\n')) {
                starts[line++] = unit;
            }
        }
        starts[line] = units;
        return Arrays.copyOf(starts, line + 1);
    }

    private boolean condense() {
        while (at < source.length) {
            if (!gap()) {
                return false;
            }
            if (at < source.length) {
                tokens++;
                if (!token()) {
                    return false;
                }
            }
        }
        return tokens > 0;
    }

    /** Passes what stands between two tokens; false when it is not plain. */
    private boolean gap() {
        int start = at;
        at = gaps.pass(start);
        if (at > start) {
            blank(start);
        }
        return at >= 0;
    }

    /**
     * Keeps a blank for the gap that started there, if it matters. The root's range is from the
     * first blank to the last.
     */
    private void blank(int start) {
        boolean last = at == source.length;
        if (size == 0 || last || growTogether(kept[size - 1], source[at])) {
            offsets[size] = last ? source.length - 1 : start;
            kept[size++] = ' ';
        }
    }

    private static boolean growTogether(byte before, byte after) {
        CharacterKind left = CharacterKind.of(before);
        CharacterKind right = CharacterKind.of(after);
        return !(left == CharacterKind.SEPARATOR
                || right == CharacterKind.SEPARATOR
                || left == CharacterKind.WORD && right == CharacterKind.OPERATOR
                || left == CharacterKind.OPERATOR && right == CharacterKind.WORD);
    }

    /** Keeps one token or more; false when it is not plain. */
    private boolean token() {
        while (at < source.length) {
            byte b = source[at];
            switch (CharacterKind.of(b)) {
                case FOREIGN -> {
                    return false;
                }
                case BLANK, LINE_END -> {
                    return true;
                }
                case QUOTE -> {
                    if (!literal()) {
                        return false;
                    }
                }
                case WORD -> word();
                case SEPARATOR, OPERATOR, OTHER -> {
                    if (b == '/' && (byteAt(at + 1) == '/' || byteAt(at + 1) == '*')) {
                        return true;
                    }
                    keep();
                }
            }
        }
        return true;
    }

    private void word() {
        int from = at;
        int end = from;
        int to = size;
        int bits = 0;
        while (end < source.length && CharacterKind.of(source[end]) == CharacterKind.WORD) {
            bits |= source[end];
            offsets[to++] = end++;
        }
        System.arraycopy(source, from, kept, size, end - from);
        ascii &= bits >= 0;
        at = end;
        size = to;
    }

    private boolean literal() {
        byte quote = source[at];
        boolean block = quote == '"' && byteAt(at + 1) == '"' && byteAt(at + 2) == '"';
        for (int i = block ? 3 : 1; i > 0; i--) {
            keep();
        }
        while (at < source.length) {
            byte b = source[at];
            if (b == quote && (!block || byteAt(at + 1) == '"' && byteAt(at + 2) == '"')) {
                for (int i = block ? 3 : 1; i > 0; i--) {
                    keep();
                }
                return true;
            }
            if (!block && (b == '\n' || b == '\r') || (b & 0xF8) == 0xF0) {
                return false;
            }
            keep();
            if (b == '\\' && at < source.length && source[at] >= 0) {
                keep();
            }
        }
        return false;
    }

    private void keep() {
        byte b = source[at];
        ascii &= b >= 0;
        lineEnds += b == '\n' || b == '\r' ? 1 : 0;
        offsets[size] = at++;
        kept[size++] = b;
    }

    private int byteAt(int index) {
        return index < source.length ? source[index] : -1;
    }
}
