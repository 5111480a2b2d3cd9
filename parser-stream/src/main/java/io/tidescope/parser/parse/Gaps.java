package io.tidescope.parser.parse;

import io.tidescope.tree.Comment;
import io.tidescope.tree.CommentKind;

import java.util.ArrayList;
import java.util.List;

/** Passes over what stands between the tokens of a source, and collects the comments. */
final class Gaps {
    /** What stands there is better left to JavaParser. */
    static final int NOT_PLAIN = -1;

    private final byte[] source;
    private final List<Comment> comments = new ArrayList<>();
    private int at;
    private int markdownStart = -1;
    private int markdownEnd;

    /**
     * @param source UTF-8
     */
    Gaps(byte[] source) {
        this.source = source;
    }

    /** Those passed so far, in the order of the source. */
    List<Comment> comments() {
        return comments;
    }

    /**
     * Passes over blanks, line ends and comments.
     *
     * @return the offset of the next token or the end, or {@link #NOT_PLAIN}
     */
    int pass(int from) {
        at = from;
        boolean markdownLine = false;
        while (at < source.length) {
            byte b = source[at];
            if (b == ' ' || b == '\t' || b == '\f') {
                at++;
            } else if (b == '\n' || b == '\r') {
                at += b == '\r' && byteAt(at + 1) == '\n' ? 2 : 1;
                if (!markdownLine) {
                    endMarkdown();
                }
                markdownLine = false;
            } else if (b == '/' && byteAt(at + 1) == '/') {
                markdownLine = lineComment();
            } else if (b == '/' && byteAt(at + 1) == '*') {
                markdownLine = false;
                if (!blockComment()) {
                    return NOT_PLAIN;
                }
            } else {
                break;
            }
        }
        if (markdownStart >= 0 && at < source.length && source[at] < 0) {
            return NOT_PLAIN; // perhaps another of JavaParser's blanks, which would go on with it
        }
        endMarkdown();
        return at;
    }

    /** Whether it is a line of a Markdown comment: a run of them makes one comment. */
    private boolean lineComment() {
        int start = at;
        int end = start + 2;
        while (end < source.length && source[end] != '\n' && source[end] != '\r') {
            end++;
        }
        at = end;
        if (at - start > 2 && source[start + 2] == '/') {
            markdownStart = markdownStart < 0 ? start : markdownStart;
            markdownEnd = at;
            return true;
        }
        endMarkdown();
        comments.add(new Comment(CommentKind.LINE, start, at));
        return false;
    }

    private boolean blockComment() {
        endMarkdown();
        int start = at;
        boolean javadoc = byteAt(start + 2) == '*' && byteAt(start + 3) != '/';
        int slash = start + (javadoc ? 4 : 3);
        while (slash < source.length && !(source[slash] == '/' && source[slash - 1] == '*')) {
            slash++;
        }
        if (slash >= source.length) {
            return false;
        }
        at = slash + 1;
        comments.add(new Comment(javadoc ? CommentKind.JAVADOC : CommentKind.BLOCK, start, at));
        return true;
    }

    private void endMarkdown() {
        if (markdownStart >= 0) {
            comments.add(new Comment(CommentKind.MARKDOWN, markdownStart, markdownEnd));
            markdownStart = -1;
        }
    }

    private int byteAt(int index) {
        return index < source.length ? source[index] : -1;
    }
}
