package io.tidescope.tree.index;

import io.tidescope.tree.ByteReader;
import io.tidescope.tree.ByteWriter;
import io.tidescope.tree.KindSet;
import io.tidescope.tree.MalformedTreeException;
import io.tidescope.tree.SyntaxTree;
import io.tidescope.tree.symbol.Symbols;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * What a document is indexed with: a pure function of its path, its source and its tree, so nobody
 * needs to keep what a document is indexed under: that is made again from what is kept.
 *
 * <pre>
 * index       = version checksum body
 * version     = 1                          (1 byte)
 * checksum    = CRC32C of body             (4 bytes, big endian)
 * body        = fingerprint kinds definitions occurrences names terms
 * fingerprint = SyntaxTree.fingerprint of the tree         (8 bytes, big endian)
 * kinds       = KindSet: low, high                         (8 bytes each, big endian)
 * definitions = varint, those of all names together
 * occurrences = varint, those of all names together
 * names       = count (name occurrencePosting definitionPosting)*     each different
 * terms       = count term*                                           each different, ascending
 * </pre>
 *
 * <p>Names, postings and terms are their length as a varint, and the bytes; a posting of no bytes
 * is none. See {@link OccurrencePosting}, {@link DefinitionPosting} and {@link Terms}. The version
 * changes with the layout, and with what symbols or terms are found in a tree.
 */
public final class DocumentIndex {
    public static final int VERSION = 1;

    /** That of a document without a tree. */
    public static final DocumentIndex EMPTY = none(KindSet.NONE, List.of());

    /** That of a document whose tree is damaged: whatever is looked for may be in it. */
    public static final DocumentIndex UNREADABLE = none(KindSet.ALL, List.of(Terms.unreadable()));

    private static final int CHECKSUM = 1;
    private static final int BODY = CHECKSUM + Integer.BYTES;

    private final byte[] bytes;
    private final long fingerprint;
    private final KindSet kinds;
    private final int definitions;
    private final int occurrences;
    private final int names;

    private DocumentIndex(byte[] bytes) {
        this.bytes = bytes;
        ByteReader in = new ByteReader(bytes, BODY);
        fingerprint = in.fixedLong();
        kinds = new KindSet(in.fixedLong(), in.fixedLong());
        definitions = in.varint();
        occurrences = in.varint();
        names = in.at();
    }

    /**
     * The index of a document.
     *
     * @param stored the tree's bytes, as they are kept
     */
    public static DocumentIndex of(String path, SyntaxTree tree, byte[] stored) {
        ByteWriter out = new ByteWriter(1024 + stored.length / 2);
        KindSet kinds = tree.kinds();
        begin(out, SyntaxTree.fingerprint(ByteBuffer.wrap(stored)), kinds);
        IndexedSymbols.write(path, tree.lines(), Symbols.of(tree), out);
        writeTerms(Terms.of(tree, kinds), out);
        return end(out);
    }

    private static DocumentIndex none(KindSet kinds, List<byte[]> terms) {
        ByteWriter out = new ByteWriter(64);
        begin(out, 0, kinds);
        out.varint(0);
        out.varint(0);
        out.varint(0);
        writeTerms(terms, out);
        return end(out);
    }

    private static void begin(ByteWriter out, long fingerprint, KindSet kinds) {
        out.single(VERSION);
        out.fixed(0);
        out.fixed(fingerprint);
        out.fixed(kinds.low());
        out.fixed(kinds.high());
    }

    private static void writeTerms(List<byte[]> terms, ByteWriter out) {
        out.varint(terms.size());
        for (byte[] term : terms) {
            out.varint(term.length);
            out.bytes(term);
        }
    }

    private static DocumentIndex end(ByteWriter out) {
        byte[] bytes = out.toArray();
        out.fixedAt(CHECKSUM, checksum(bytes));
        return new DocumentIndex(out.toArray());
    }

    /**
     * Reads {@link #toBytes()}, the array in place; nothing when it is not a whole index of this
     * version.
     */
    public static Optional<DocumentIndex> read(byte[] bytes) {
        if (bytes.length < BODY
                || bytes[0] != VERSION
                || new ByteReader(bytes, CHECKSUM).fixed() != checksum(bytes)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new DocumentIndex(bytes));
        } catch (IndexOutOfBoundsException | MalformedTreeException e) {
            return Optional.empty();
        }
    }

    private static int checksum(byte[] bytes) {
        var crc = new CRC32C();
        crc.update(bytes, BODY, bytes.length - BODY);
        return (int) crc.getValue();
    }

    /** The stored form; not to be changed. */
    public byte[] toBytes() {
        return bytes;
    }

    /** Which tree over which source it is the index of. */
    public long fingerprint() {
        return fingerprint;
    }

    /** The kinds of the tree's nodes, or more. */
    public KindSet kinds() {
        return kinds;
    }

    /** Definitions in the postings of all names. */
    public int definitions() {
        return definitions;
    }

    /** Occurrences in the postings of all names. */
    public int occurrences() {
        return occurrences;
    }

    /** The names and their postings, from the first. */
    public IndexCursor names() {
        return IndexCursor.ofNames(bytes, names);
    }

    /** The terms, from the first. */
    public IndexCursor terms() {
        IndexCursor all = names();
        while (all.next()) {
            // Names stand before.
        }
        return IndexCursor.ofTerms(bytes, all.end());
    }
}
