package io.tidescope.tree;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Builds a {@link SyntaxTree}, node by node in pre-order: each node is opened, described, and
 * closed behind its children. Used once, by one thread.
 */
public final class SyntaxTreeBuilder {
    private final byte[] source;
    private final TreeColumns columns;
    private final List<Comment> comments = new ArrayList<>();
    private final TreeMap<Integer, Deviation> deviations = new TreeMap<>();

    /**
     * @param source UTF-8 without a byte order mark; not copied, so not to be changed any more
     */
    public SyntaxTreeBuilder(byte[] source) {
        this.source = source;
        this.columns = new TreeColumns(16 + source.length / 12);
    }

    /**
     * Opens the next node.
     *
     * @return its number
     */
    public int open(NodeKind kind, Role role) {
        columns.ensureRoom();
        int node = columns.size++;
        columns.kinds[node] = (byte) kind.ordinal();
        columns.roles[node] = (byte) role.ordinal();
        columns.nameStarts[node] = -1;
        return node;
    }

    /** Says that a node has no range: it is put, empty, where the node before it starts. */
    public void nowhere(int node) {
        int before = node == 0 ? 0 : columns.starts[node - 1];
        columns.starts[node] = before;
        columns.ends[node] = before;
    }

    /** Sets the byte range of a node. */
    public void range(int node, int start, int end) {
        if (start < 0 || end <= start || end > source.length) {
            throw new IllegalArgumentException(
                    "range "
                            + start
                            + " to "
                            + end
                            + " in a source of "
                            + source.length
                            + " bytes: must be inside and not empty");
        }
        columns.starts[node] = start;
        columns.ends[node] = end;
    }

    /** Sets the place of a node that is not a range of the source. */
    public void positions(int node, Positions positions) {
        deviate(node, deviation(node).withPositions(positions));
    }

    /** Marks a node that JavaParser failed at. */
    public void unparsable(int node) {
        deviate(node, deviation(node).withUnparsable());
    }

    /**
     * @param bits laid out by {@link AttributeField#of(NodeKind)}
     */
    public void attributes(int node, int bits) {
        columns.attributes[node] = (byte) bits;
    }

    /**
     * Sets a literal's value, or an identifier that ends where its node does and has no range of
     * its own. The node's range is set before.
     */
    public void text(int node, String text) {
        NodeText form = NodeText.of(columns.kinds[node]);
        int end = columns.ends[node];
        boolean inPlace =
                switch (form) {
                    case NONE -> throw new IllegalArgumentException("text for a node without any");
                    case IDENTIFIER -> identifierAt(node, text, end - Utf8.length(text));
                    case LITERAL, QUOTED, TEXT_BLOCK -> {
                        int start = form.start(source, columns.starts[node], end);
                        yield Utf8.matches(source, start, form.end(source, start, end), text);
                    }
                };
        if (!inPlace) {
            deviate(node, deviation(node).withText(text));
        }
    }

    /**
     * Sets an identifier.
     *
     * @param start byte offset of its range; negative when it has none
     * @param end byte offset after its range
     */
    public void identifier(int node, String identifier, int start, int end) {
        if (!identifierAt(node, identifier, start)) {
            deviate(node, deviation(node).withText(identifier).withName(start, end));
        } else if (start + Utf8.length(identifier) != end) {
            deviate(node, deviation(node).withName(start, end));
        }
    }

    /** Closes a node: what was opened since is below it. */
    public void close(int node) {
        columns.subtreeSizes[node] = columns.size - node;
    }

    /** Adds a comment; comments come in the order of the source. */
    public void comment(Comment comment) {
        comments.add(comment);
    }

    public SyntaxTree build() {
        return new SyntaxTree(
                TreeSource.of(source),
                () -> source,
                columns,
                List.copyOf(comments),
                List.copyOf(deviations.values()));
    }

    private boolean identifierAt(int node, String identifier, int start) {
        if (start < 0
                || !Utf8.matches(
                        source, start, NodeText.identifierEnd(source, start), identifier)) {
            return false;
        }
        columns.nameStarts[node] = start;
        return true;
    }

    private Deviation deviation(int node) {
        Deviation found = deviations.get(node);
        return found == null ? Deviation.none(node) : found;
    }

    private void deviate(int node, Deviation deviation) {
        deviations.put(node, deviation);
    }
}
