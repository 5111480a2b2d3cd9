package io.tidescope.parser.parse.pattern;

import io.tidescope.tree.NodeKind;
import io.tidescope.tree.match.Hole;

import java.util.ArrayList;
import java.util.List;

/** A pattern's text with what was put in to make its holes legal Java; only ever added to. */
final class Rewritten {
    private final String given;
    private final StringBuilder text = new StringBuilder();
    private final List<Mark> marks = new ArrayList<>();
    private final List<Insertion> insertions = new ArrayList<>();
    private int copied;

    /**
     * A hole that stands for what was made of it.
     *
     * @param kind of the node that was made
     * @param start index of its first character in the rewritten text
     */
    record Mark(Hole hole, NodeKind kind, int start) {}

    private record Insertion(int start, int length) {}

    Rewritten(String given) {
        this.given = given;
    }

    /** Copies what was given up to there. */
    private void copyTo(int end) {
        if (end > copied) {
            text.append(given, copied, end);
            copied = end;
        }
    }

    /** Makes a node of a hole, by putting something before and behind it. */
    void make(NodeKind kind, Hole hole, PatternToken token, String before, String behind) {
        copyTo(token.start());
        marks.add(new Mark(hole, kind, text.length()));
        insert(before);
        copyTo(token.end());
        insert(behind);
    }

    private void insert(String inserted) {
        if (!inserted.isEmpty()) {
            insertions.add(new Insertion(text.length(), inserted.length()));
            text.append(inserted);
        }
    }

    Rewritten finished() {
        copyTo(given.length());
        return this;
    }

    String text() {
        return text.toString();
    }

    List<Mark> marks() {
        return marks;
    }

    /** The index in the given text of an index in the rewritten one. */
    int given(int index) {
        int shift = 0;
        for (Insertion insertion : insertions) {
            if (insertion.start() < index) {
                shift += Math.min(insertion.length(), index - insertion.start());
            }
        }
        return Math.clamp(index - shift, 0, given.length());
    }
}
