package io.tidescope.query;

import io.tidescope.tree.Comment;
import io.tidescope.tree.CommentKind;
import io.tidescope.tree.SyntaxTree;
import io.tidescope.tree.symbol.Definition;

import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The documentation comments of a document, found by the declarations they stand before. */
public final class Documentation {
    private static final int MAX_SENTENCE = 300;
    private static final Pattern LINE_START = Pattern.compile("(?m)^\\s*(\\*+ ?|/// ?)");
    private static final Pattern SENTENCE_END =
            Pattern.compile("\\.(?=\\s)|\\n\\s*\\n|(?m)^\\s*@|<p>");
    private static final Pattern INLINE_TAG = Pattern.compile("\\{@\\w+\\s*([^{}]*)}");

    private final SyntaxTree tree;
    private final TreeMap<Integer, Comment> byEnd = new TreeMap<>();

    public Documentation(SyntaxTree tree) {
        this.tree = tree;
        tree.comments().forEach(comment -> byEnd.put(comment.end(), comment));
    }

    /** The first sentence of a declaration's comment, on one line; null when it has none. */
    public @Nullable String summary(Definition definition) {
        Map.Entry<Integer, Comment> before = byEnd.floorEntry(definition.start());
        if (before == null) {
            return null;
        }
        Comment comment = before.getValue();
        boolean documents =
                comment.kind() == CommentKind.JAVADOC || comment.kind() == CommentKind.MARKDOWN;
        return documents && tree.sourceText(comment.end(), definition.start()).isBlank()
                ? firstSentence(tree.sourceText(comment.start(), comment.end()))
                : null;
    }

    static @Nullable String firstSentence(String comment) {
        String body = comment;
        if (body.startsWith("/**")) {
            body = body.substring(3, Math.max(3, body.length() - 2));
        }
        body = LINE_START.matcher(body).replaceAll("").strip();
        Matcher end = SENTENCE_END.matcher(body);
        if (end.find()) {
            body = body.substring(0, end.group().equals(".") ? end.end() : end.start());
        }
        String line = INLINE_TAG.matcher(body).replaceAll("$1").replaceAll("\\s+", " ").strip();
        if (line.isEmpty()) {
            return null;
        }
        return line.length() <= MAX_SENTENCE ? line : line.substring(0, MAX_SENTENCE) + "…";
    }
}
