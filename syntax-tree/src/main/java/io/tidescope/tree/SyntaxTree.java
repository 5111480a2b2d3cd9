package io.tidescope.tree;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A file's syntax tree as flat columns in pre-order over the file's own source bytes (UTF-8).
 *
 * <p>Nodes are numbered from 0, the root, in pre-order; the children of {@code n} start at {@code n
 * + 1}, the next sibling of {@code n} is {@code n + subtreeSize(n)}, and nothing below {@code n} is
 * left at {@code n + subtreeSize(n)}:
 *
 * <pre>{@code
 * for (int child = n + 1; child < tree.subtreeEnd(n); child = tree.subtreeEnd(child)) …
 * }</pre>
 *
 * <p>Children stand grouped by role, mostly in the order of the source; the elements of a list keep
 * its order. In {@code int a, b} each of the two variables has its own copy of the type, whose
 * range lies outside of the variable's. Immutable and safe to share between threads.
 */
public final class SyntaxTree {
    private static final NodeKind[] KINDS = NodeKind.values();
    private static final Role[] ROLES = Role.values();

    private final TreeSource source;
    private final Supplier<byte[]> fetch;
    private final TreeColumns columns;
    private final List<Comment> comments;
    private final List<Deviation> deviations;

    SyntaxTree(
            TreeSource source,
            Supplier<byte[]> fetch,
            TreeColumns columns,
            List<Comment> comments,
            List<Deviation> deviations) {
        this.source = source;
        this.fetch = fetch;
        this.columns = columns;
        this.comments = comments;
        this.deviations = deviations;
    }

    /**
     * Reads what {@link #toBytes()} wrote. Neither buffer's position moves; the source's array is
     * used in place when the buffer spans all of it.
     *
     * @throws MalformedTreeException when the bytes are damaged, of a newer version, or of a tree
     *     over another source
     */
    public static SyntaxTree read(ByteBuffer bytes, ByteBuffer source) {
        SyntaxTree tree = read(bytes, () -> array(source));
        tree.sourceBytes();
        return tree;
    }

    /**
     * Reads what {@link #toBytes()} wrote, and the source when it is first needed. Whatever needs
     * it throws {@link MalformedTreeException} when it is another one.
     *
     * @throws MalformedTreeException when the bytes are damaged or of a newer version
     */
    public static SyntaxTree read(ByteBuffer bytes, Supplier<byte[]> source) {
        return SyntaxTreeFormat.read(bytes, source);
    }

    /** This tree, with its source to be had elsewhere if nobody needed it yet. */
    public SyntaxTree readingFrom(Supplier<byte[]> other) {
        return new SyntaxTree(source, other, columns, comments, deviations);
    }

    /**
     * Tells a stored tree and its source from others: the checksums of both, which the tree holds.
     *
     * @throws MalformedTreeException when the bytes are not those of a tree
     */
    public static long fingerprint(ByteBuffer bytes) {
        return SyntaxTreeFormat.fingerprint(bytes);
    }

    /**
     * Whether a stored tree and a source are undamaged and belong together, without reading either.
     */
    public static boolean isWhole(byte[] tree, byte[] source) {
        return SyntaxTreeFormat.isWhole(tree, source);
    }

    /** The stored form, see {@link SyntaxTreeFormat}. */
    public byte[] toBytes() {
        return SyntaxTreeFormat.write(this);
    }

    public int nodeCount() {
        return columns.size;
    }

    public NodeKind kind(int node) {
        return KINDS[columns.kinds[node]];
    }

    /** The kinds of all nodes. */
    public KindSet kinds() {
        long low = 0;
        long high = 0;
        for (int node = 0; node < columns.size; node++) {
            int kind = columns.kinds[node];
            long bit = 1L << kind;
            // Without a branch: all ones for a kind of the lower half, else zero.
            long lower = (kind - Long.SIZE) >> Integer.SIZE - 1;
            low |= bit & lower;
            high |= bit & ~lower;
        }
        return new KindSet(low, high);
    }

    /**
     * The first node from one on that is of one of the kinds; the node count when there is none.
     */
    public int next(KindSet wanted, int from) {
        byte[] kinds = columns.kinds;
        int node = from;
        while (node < columns.size && !wanted.contains(kinds[node])) {
            node++;
        }
        return node;
    }

    /** The same, for who looks often. */
    public int next(KindScan wanted, int from) {
        return wanted.next(columns.kinds, columns.size, from);
    }

    /** What tells most identifiers from each other; zero for what is no identifier. */
    public static byte nameMark(String name) {
        return NameMarks.of(name);
    }

    /**
     * The first node from one on that is of one of the kinds and may have an identifier: all that
     * have it are found, and a few others; the node count when there is none.
     *
     * @param nameMark {@link #nameMark} of the identifier
     */
    public int next(KindScan wanted, byte nameMark, int from) {
        return nameMark == NameMarks.ANY
                ? next(wanted, from)
                : columns.nameMarks.next(this, wanted, nameMark, from);
    }

    public Role role(int node) {
        return ROLES[columns.roles[node]];
    }

    /** Nodes below and including this one. */
    public int subtreeSize(int node) {
        return columns.subtreeSizes[node];
    }

    /** The first node behind this one's subtree: its next sibling, when it has one. */
    public int subtreeEnd(int node) {
        return node + columns.subtreeSizes[node];
    }

    /** Whether the node stands at a range of the source; an untyped lambda parameter's type not. */
    public boolean hasRange(int node) {
        return columns.ends[node] > columns.starts[node];
    }

    /** Byte offset of the first byte in the source; without a range, of a node nearby. */
    public int start(int node) {
        return columns.starts[node];
    }

    /** Byte offset after the last byte in the source. */
    public int end(int node) {
        return columns.ends[node];
    }

    /** The place of a node that JavaParser puts where the source has nothing. */
    public Optional<Positions> positions(int node) {
        return Optional.ofNullable(deviation(node)).map(Deviation::positions);
    }

    /** Whether JavaParser failed at this node, which then lacks what stands in its range. */
    public boolean isUnparsable(int node) {
        Deviation deviation = deviation(node);
        return deviation != null && deviation.unparsable();
    }

    /** Whether the node has an identifier or a literal's value. */
    public boolean hasText(int node) {
        return switch (NodeText.of(columns.kinds[node])) {
            case NONE -> false;
            case IDENTIFIER -> columns.nameStarts[node] >= 0 || overriddenText(node) != null;
            case LITERAL, QUOTED, TEXT_BLOCK -> true;
        };
    }

    /** Whether the node has an identifier and it stands in the source. */
    public boolean isNamed(int node) {
        if (columns.nameStarts[node] >= 0) {
            return true;
        }
        Deviation deviation = deviation(node);
        return deviation != null
                && deviation.text() != null
                && NodeText.of(columns.kinds[node]) == NodeText.IDENTIFIER
                && (!deviation.named() || deviation.nameStart() >= 0);
    }

    /**
     * The number of the node's text in a table.
     *
     * @param node one that has a text
     */
    public int number(int node, TextTable texts) {
        int start = textStart(node);
        return start < 0 || overriddenText(node) != null
                ? texts.number(text(node).getBytes(StandardCharsets.UTF_8))
                : texts.number(sourceBytes(), start, textEnd(node));
    }

    /**
     * The node's identifier, or its literal as it is written, less quotes; empty without one. What
     * it is to the node says {@link NodeKind#textProperty()}.
     */
    public String text(int node) {
        String overridden = overriddenText(node);
        if (overridden != null) {
            return overridden;
        }
        int start = textStart(node);
        return start < 0 ? "" : sourceText(start, textEnd(node));
    }

    /** Byte offset of the text in the source; negative when there is none or it is not there. */
    public int textStart(int node) {
        int name = columns.nameStarts[node];
        if (name >= 0) {
            return name;
        }
        NodeText form = NodeText.of(columns.kinds[node]);
        return switch (form) {
            case NONE -> -1;
            case IDENTIFIER -> -1;
            case LITERAL, QUOTED, TEXT_BLOCK ->
                    form.start(sourceBytes(), columns.starts[node], columns.ends[node]);
        };
    }

    /** Byte offset after the text in the source; negative when there is none. */
    public int textEnd(int node) {
        int start = textStart(node);
        return start < 0 ? -1 : textEnd(node, start);
    }

    /**
     * Byte offset after the text in the source.
     *
     * @param textStart {@link #textStart} of the node, not negative
     */
    public int textEnd(int node, int textStart) {
        return NodeText.of(columns.kinds[node]).end(sourceBytes(), textStart, columns.ends[node]);
    }

    /** Whether a text that starts there ends there. */
    boolean textEndsAt(int node, int textStart, int textEnd) {
        NodeText form = NodeText.of(columns.kinds[node]);
        return form == NodeText.IDENTIFIER
                ? NodeText.identifierEnd(sourceBytes(), textEnd) == textEnd
                : form.end(sourceBytes(), textStart, columns.ends[node]) == textEnd;
    }

    /** Byte offset of JavaParser's range of the node's name; negative when it has none. */
    public int nameStart(int node) {
        Deviation deviation = deviation(node);
        return deviation != null && deviation.named() ? deviation.nameStart() : textStart(node);
    }

    /** Byte offset after the name's range, which takes in the brackets of {@code int a[]}. */
    public int nameEnd(int node) {
        Deviation deviation = deviation(node);
        return deviation != null && deviation.named() ? deviation.nameEnd() : textEnd(node);
    }

    /** The node's attributes as bits, laid out by {@link AttributeField#of(NodeKind)}. */
    public int attributeBits(int node) {
        return columns.attributes[node] & 0xFF;
    }

    /** The node's operator, keyword and flags that are set, by name. */
    public List<Attribute> attributes(int node) {
        List<AttributeField> fields = AttributeField.of(kind(node));
        if (fields.isEmpty()) {
            return List.of();
        }
        var attributes = new ArrayList<Attribute>(fields.size());
        for (AttributeField field : fields) {
            int value = field.read(attributeBits(node));
            if (!field.values().isEmpty()) {
                attributes.add(new Attribute(field.name(), field.values().get(value)));
            } else if (value != 0) {
                attributes.add(new Attribute(field.name(), "true"));
            }
        }
        return attributes;
    }

    /** All comments, in the order of the source. */
    public List<Comment> comments() {
        return comments;
    }

    /** About how much of the heap the tree takes, less its source. */
    public long heapBytes() {
        return (long) columns.size * TreeColumns.BYTES_PER_NODE;
    }

    /** The source as text between two byte offsets. */
    public String sourceText(int start, int end) {
        return new String(sourceBytes(), start, end - start, StandardCharsets.UTF_8);
    }

    /** The source, read-only. */
    public ByteBuffer source() {
        return ByteBuffer.wrap(sourceBytes()).asReadOnlyBuffer();
    }

    /** Lines and columns of this tree's byte offsets; computed at each call. */
    public LineIndex lines() {
        return LineIndex.of(sourceBytes());
    }

    /** The source itself, shared: not to be changed. */
    public byte[] sourceBytes() {
        return source.bytes(fetch);
    }

    /** Bytes of the source, which is not needed for this. */
    public int sourceLength() {
        return source.length();
    }

    int sourceChecksum() {
        return source.checksum();
    }

    TreeColumns columns() {
        return columns;
    }

    List<Deviation> deviations() {
        return deviations;
    }

    /** Whether anything about the node is not as the columns say. */
    boolean isDeviant(int node) {
        return deviation(node) != null;
    }

    private @Nullable String overriddenText(int node) {
        Deviation deviation = deviation(node);
        return deviation == null ? null : deviation.text();
    }

    private @Nullable Deviation deviation(int node) {
        return Deviation.find(deviations, node);
    }

    /** The buffer's bytes, in place when it spans all of its array. */
    static byte[] array(ByteBuffer buffer) {
        if (buffer.hasArray() && buffer.array().length == buffer.remaining()) {
            return buffer.array();
        }
        byte[] copy = new byte[buffer.remaining()];
        buffer.get(buffer.position(), copy);
        return copy;
    }
}
