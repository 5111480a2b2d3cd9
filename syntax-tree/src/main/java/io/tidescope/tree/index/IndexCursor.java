package io.tidescope.tree.index;

import io.tidescope.tree.ByteReader;

import java.util.Arrays;

/** Goes over the names or the terms of a {@link DocumentIndex}, in place. */
public final class IndexCursor {
    private final byte[] bytes;
    private final ByteReader reader;
    private final boolean posted;
    private int left;
    private int start;
    private int end;
    private int occurrences;
    private int occurrencesEnd;
    private int definitions;
    private int definitionsEnd;

    private IndexCursor(byte[] bytes, int at, boolean posted) {
        this.bytes = bytes;
        this.posted = posted;
        reader = new ByteReader(bytes, at);
        left = reader.count();
    }

    static IndexCursor ofNames(byte[] bytes, int at) {
        return new IndexCursor(bytes, at, true);
    }

    static IndexCursor ofTerms(byte[] bytes, int at) {
        return new IndexCursor(bytes, at, false);
    }

    /** Moves to the next; false when there is none. */
    public boolean next() {
        if (left == 0) {
            return false;
        }
        left--;
        int length = reader.count();
        start = reader.at();
        end = start + length;
        reader.skip(length);
        if (posted) {
            length = reader.count();
            occurrences = reader.at();
            occurrencesEnd = occurrences + length;
            reader.skip(length);
            length = reader.count();
            definitions = reader.at();
            definitionsEnd = definitions + length;
            reader.skip(length);
        }
        return true;
    }

    /** The array that the offsets are in; not to be changed. */
    public byte[] bytes() {
        return bytes;
    }

    /** Where the name or term begins, in UTF-8. */
    public int nameStart() {
        return start;
    }

    public int nameEnd() {
        return end;
    }

    /** A copy of the name or term. */
    public byte[] name() {
        return Arrays.copyOfRange(bytes, start, end);
    }

    /** Where the {@link OccurrencePosting} begins; it ends there when the name does not occur. */
    public int occurrencesStart() {
        return occurrences;
    }

    public int occurrencesEnd() {
        return occurrencesEnd;
    }

    /** Where the {@link DefinitionPosting} begins; it ends there when the name is not defined. */
    public int definitionsStart() {
        return definitions;
    }

    public int definitionsEnd() {
        return definitionsEnd;
    }

    /** Where the bytes behind the last one begin, once {@link #next} was false. */
    int end() {
        return reader.at();
    }
}
