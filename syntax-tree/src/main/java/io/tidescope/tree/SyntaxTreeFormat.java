package io.tidescope.tree;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.zip.CRC32C;

/**
 * The stored form of a {@link SyntaxTree}: its columns one behind the other, without its source.
 *
 * <pre>
 * tree       = magic version checksum body
 * magic      = "TST"                       (3 bytes)
 * version    = 1                           (1 byte)
 * checksum   = CRC32C of version and body  (4 bytes, big endian)
 * body       = sourceChecksum sourceLength nodes comments deviations
 * sourceChecksum = CRC32C of the source    (4 bytes, big endian)
 * nodes      = count kind* role* size* start* length* attribute* name*   (column by column)
 * kind       = ordinal of NodeKind         (1 byte)
 * role       = ordinal of Role             (1 byte)
 * size       = varint of the nodes below
 * start      = zigzag: from where the node before starts, or ends when nothing is below it
 * length     = varint of bytes; 0 without a range
 * attribute  = bits of AttributeField      (1 byte; only for kinds with fields)
 * name       = varint: 0 when there is none at a place of the source, else 1 + zigzag from where
 *              the node starts              (only for kinds whose text is an identifier)
 * comments   = count (kind start length)*  start = varint from the end of the comment before
 * deviations = count (node flags place? name? text?)*   node = varint from the one before
 * flags      = 1 unparsable | 2 place | 4 name | 8 text
 * place      = 4 zigzags: begin line, begin column, end line, end column
 * name       = 2 zigzags: start, end
 * text       = varint of bytes, UTF-8
 * count, sourceLength, kind of a comment, flags = varint
 * </pre>
 *
 * Varints are little-endian groups of 7 bits (LEB128), zigzags those of {@code n << 1 ^ n >> 31}.
 *
 * <p>History: 1 (November 2026), the first.
 */
final class SyntaxTreeFormat {
    static final int VERSION = 1;

    private static final byte[] MAGIC = {'T', 'S', 'T'};
    private static final int BODY = MAGIC.length + 1 + Integer.BYTES;
    private static final NodeKind[] KINDS = NodeKind.values();
    private static final int ROLES = Role.values().length;
    private static final CommentKind[] COMMENT_KINDS = CommentKind.values();
    private static final boolean[] HAS_ATTRIBUTES = new boolean[KINDS.length];
    private static final boolean[] HAS_NAME = new boolean[KINDS.length];

    private static final int UNPARSABLE = 1;
    private static final int PLACE = 2;
    private static final int NAME = 4;
    private static final int TEXT = 8;

    static {
        for (NodeKind kind : KINDS) {
            HAS_ATTRIBUTES[kind.ordinal()] = !AttributeField.of(kind).isEmpty();
            HAS_NAME[kind.ordinal()] = NodeText.of(kind.ordinal()) == NodeText.IDENTIFIER;
        }
    }

    private SyntaxTreeFormat() {}

    static byte[] write(SyntaxTree tree) {
        var out = new ByteWriter(64 + tree.nodeCount() * 8);
        out.bytes(MAGIC);
        out.single(VERSION);
        out.fixed(0);
        out.fixed(tree.sourceChecksum());
        out.varint(tree.sourceLength());
        writeNodes(out, tree.columns());
        writeComments(out, tree.comments());
        writeDeviations(out, tree.deviations());
        byte[] bytes = out.toArray();
        ByteBuffer.wrap(bytes).putInt(MAGIC.length + 1, bodyChecksum(bytes));
        return bytes;
    }

    /** The checksum of the body, which covers that of the source, and the source's. */
    static long fingerprint(ByteBuffer stored) {
        if (stored.remaining() < BODY + Integer.BYTES) {
            throw new MalformedTreeException(
                    "not a syntax tree: %d bytes".formatted(stored.remaining()));
        }
        return stored.getLong(stored.position() + BODY - Integer.BYTES);
    }

    /** Whether the bytes are as they were written, of a tree over this source. */
    static boolean isWhole(byte[] tree, byte[] source) {
        try {
            checkHeader(tree);
            ByteReader in = new ByteReader(tree, BODY);
            return in.fixed() == TreeSource.checksum(source) && in.varint() == source.length;
        } catch (MalformedTreeException | IndexOutOfBoundsException e) {
            return false;
        }
    }

    static SyntaxTree read(ByteBuffer stored, Supplier<byte[]> fetch) {
        byte[] bytes = SyntaxTree.array(stored);
        checkHeader(bytes);
        var in = new ByteReader(bytes, BODY);
        try {
            int sourceChecksum = in.fixed();
            TreeSource source = TreeSource.elsewhere(in.varint(), sourceChecksum);
            TreeColumns columns = readNodes(in, source.length());
            List<Comment> comments = readComments(in);
            List<Deviation> deviations = readDeviations(in);
            return new SyntaxTree(source, fetch, columns, comments, deviations);
        } catch (IndexOutOfBoundsException | NegativeArraySizeException e) {
            throw new MalformedTreeException(
                    "syntax tree of "
                            + bytes.length
                            + " bytes has the right checksum but the wrong layout",
                    e);
        }
    }

    private static void checkHeader(byte[] bytes) {
        if (bytes.length < BODY
                || bytes[0] != MAGIC[0]
                || bytes[1] != MAGIC[1]
                || bytes[2] != MAGIC[2]) {
            throw new MalformedTreeException(
                    "not a syntax tree: " + bytes.length + " bytes that do not start with TST");
        }
        if (bytes[MAGIC.length] != VERSION) {
            throw new MalformedTreeException(
                    "syntax tree of format version "
                            + bytes[MAGIC.length]
                            + ": this reads version "
                            + VERSION
                            + " only; a newer TideScope wrote it, or it is damaged");
        }
        if (ByteBuffer.wrap(bytes).getInt(MAGIC.length + 1) != bodyChecksum(bytes)) {
            throw new MalformedTreeException(
                    "damaged syntax tree: its " + bytes.length + " bytes fail their checksum");
        }
    }

    private static void writeNodes(ByteWriter out, TreeColumns columns) {
        int size = columns.size;
        out.varint(size);
        out.bytes(columns.kinds, size);
        out.bytes(columns.roles, size);
        for (int node = 0; node < size; node++) {
            out.varint(columns.subtreeSizes[node] - 1);
        }
        int expected = 0;
        for (int node = 0; node < size; node++) {
            out.zigzag(columns.starts[node] - expected);
            expected = expectedNextStart(columns, node);
        }
        for (int node = 0; node < size; node++) {
            out.varint(columns.ends[node] - columns.starts[node]);
        }
        for (int node = 0; node < size; node++) {
            if (HAS_ATTRIBUTES[columns.kinds[node]]) {
                out.single(columns.attributes[node]);
            }
        }
        for (int node = 0; node < size; node++) {
            if (HAS_NAME[columns.kinds[node]]) {
                int name = columns.nameStarts[node];
                if (name < 0) {
                    out.varint(0);
                } else {
                    int offset = name - columns.starts[node];
                    out.varint(1 + ByteWriter.zigzagged(offset));
                }
            }
        }
    }

    private static TreeColumns readNodes(ByteReader in, int sourceLength) {
        int size = in.count();
        var columns = new TreeColumns(size);
        columns.size = size;
        in.bytes(columns.kinds, size);
        in.bytes(columns.roles, size);
        for (int node = 0; node < size; node++) {
            if (columns.kinds[node] < 0
                    || columns.kinds[node] >= KINDS.length
                    || columns.roles[node] < 0
                    || columns.roles[node] >= ROLES) {
                throw new MalformedTreeException(
                        "syntax tree with an unknown kind of node: a newer TideScope wrote it");
            }
        }
        for (int node = 0; node < size; node++) {
            columns.subtreeSizes[node] = 1 + in.varint();
        }
        readRanges(in, columns, sourceLength);
        for (int node = 0; node < size; node++) {
            if (HAS_ATTRIBUTES[columns.kinds[node]]) {
                columns.attributes[node] = in.single();
            }
        }
        for (int node = 0; node < size; node++) {
            columns.nameStarts[node] = -1;
            if (HAS_NAME[columns.kinds[node]]) {
                int name = in.varint();
                if (name != 0) {
                    columns.nameStarts[node] =
                            columns.starts[node] + ByteReader.unzigzagged(name - 1);
                }
            }
        }
        return columns;
    }

    /** Starts stand before all lengths, which the starts are relative to: two cursors, one pass. */
    private static void readRanges(ByteReader in, TreeColumns columns, int sourceLength) {
        int size = columns.size;
        ByteReader lengths = in.behindVarints(size);
        int expected = 0;
        for (int node = 0; node < size; node++) {
            int start = expected + in.zigzag();
            int end = start + lengths.varint();
            if (start < 0 || end < start || end > sourceLength) {
                throw new MalformedTreeException(
                        "syntax tree with a node from " + start + " to " + end + " of its source");
            }
            columns.starts[node] = start;
            columns.ends[node] = end;
            expected = expectedNextStart(columns, node);
        }
        in.moveTo(lengths);
    }

    private static int expectedNextStart(TreeColumns columns, int node) {
        return columns.subtreeSizes[node] == 1 ? columns.ends[node] : columns.starts[node];
    }

    private static void writeComments(ByteWriter out, List<Comment> comments) {
        out.varint(comments.size());
        int before = 0;
        for (Comment comment : comments) {
            out.varint(comment.kind().ordinal());
            out.varint(comment.start() - before);
            out.varint(comment.end() - comment.start());
            before = comment.end();
        }
    }

    private static List<Comment> readComments(ByteReader in) {
        int count = in.count();
        var comments = new ArrayList<Comment>(count);
        int before = 0;
        for (int i = 0; i < count; i++) {
            CommentKind kind = COMMENT_KINDS[in.varint()];
            int start = before + in.varint();
            before = start + in.varint();
            comments.add(new Comment(kind, start, before));
        }
        return comments;
    }

    private static void writeDeviations(ByteWriter out, List<Deviation> deviations) {
        out.varint(deviations.size());
        int before = 0;
        for (Deviation deviation : deviations) {
            out.varint(deviation.node() - before);
            before = deviation.node();
            Positions place = deviation.positions();
            String text = deviation.text();
            out.varint(
                    (deviation.unparsable() ? UNPARSABLE : 0)
                            | (place != null ? PLACE : 0)
                            | (deviation.named() ? NAME : 0)
                            | (text != null ? TEXT : 0));
            if (place != null) {
                out.zigzag(place.beginLine());
                out.zigzag(place.beginColumn());
                out.zigzag(place.endLine());
                out.zigzag(place.endColumn());
            }
            if (deviation.named()) {
                out.zigzag(deviation.nameStart());
                out.zigzag(deviation.nameEnd());
            }
            if (text != null) {
                byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
                out.varint(encoded.length);
                out.bytes(encoded);
            }
        }
    }

    private static List<Deviation> readDeviations(ByteReader in) {
        int count = in.count();
        var deviations = new ArrayList<Deviation>(count);
        int node = 0;
        for (int i = 0; i < count; i++) {
            node += in.varint();
            int flags = in.varint();
            Deviation deviation = Deviation.none(node);
            if ((flags & UNPARSABLE) != 0) {
                deviation = deviation.withUnparsable();
            }
            if ((flags & PLACE) != 0) {
                deviation =
                        deviation.withPositions(
                                new Positions(in.zigzag(), in.zigzag(), in.zigzag(), in.zigzag()));
            }
            if ((flags & NAME) != 0) {
                deviation = deviation.withName(in.zigzag(), in.zigzag());
            }
            if ((flags & TEXT) != 0) {
                byte[] encoded = new byte[in.count()];
                in.bytes(encoded, encoded.length);
                deviation = deviation.withText(new String(encoded, StandardCharsets.UTF_8));
            }
            deviations.add(deviation);
        }
        return deviations;
    }

    private static int bodyChecksum(byte[] bytes) {
        var crc = new CRC32C();
        crc.update(bytes[MAGIC.length]);
        crc.update(bytes, BODY, bytes.length - BODY);
        return (int) crc.getValue();
    }
}
