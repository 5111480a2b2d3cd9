package io.tidescope.parser.parse;

import com.github.javaparser.Range;

import io.tidescope.tree.Comment;
import io.tidescope.tree.CommentKind;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** JavaParser's comments as the syntax tree holds them. */
final class Comments {
    private Comments() {}

    /**
     * @param found in the order of the source
     */
    static List<Comment> of(
            Collection<com.github.javaparser.ast.comments.Comment> found,
            SourcePositions positions) {
        var comments = new ArrayList<Comment>(found.size());
        for (var comment : found) {
            Range range = comment.getRange().orElse(null);
            if (range != null) {
                int start = positions.start(range.begin);
                int end = positions.end(range.end);
                if (start >= 0 && end > start) {
                    comments.add(new Comment(kind(comment), start, end));
                }
            }
        }
        return comments;
    }

    private static CommentKind kind(com.github.javaparser.ast.comments.Comment comment) {
        if (comment.isMarkdownComment()) {
            return CommentKind.MARKDOWN;
        }
        if (comment.isLineComment()) {
            return CommentKind.LINE;
        }
        return comment.isBlockComment() ? CommentKind.BLOCK : CommentKind.JAVADOC;
    }
}
