package io.tidescope.parser.parse;

import com.github.javaparser.JavaParser;
import com.github.javaparser.ParserConfiguration;
import com.github.javaparser.ParserConfiguration.LanguageLevel;
import com.github.javaparser.ast.CompilationUnit;
import com.github.javaparser.ast.comments.CommentsCollection;

import io.tidescope.parser.parse.ParseResult.Parsed;
import io.tidescope.parser.parse.ParseResult.Unparseable;
import io.tidescope.tree.Comment;
import io.tidescope.tree.LineIndex;
import io.tidescope.tree.SyntaxTree;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * Parses the content of a Java file, whatever it is, into a syntax tree. Stateless: any number of
 * threads may share it.
 *
 * <p>JavaParser recurses as deep as the source nests, so the calling thread decides by its stack
 * how deep that may be; it survives what is deeper. 10,000 nested parentheses take about 256 MB.
 */
public final class JavaSourceParser {
    /** Content above this many bytes is not parsed, unless told otherwise. */
    public static final int DEFAULT_LIMIT_BYTES = 16 * 1024 * 1024;

    private static final String OUT_OF_MEMORY = "parsing took more memory than there was";

    private final int limitBytes;

    public JavaSourceParser() {
        this(DEFAULT_LIMIT_BYTES);
    }

    /**
     * @param limitBytes content above this size is {@code too_large}
     */
    public JavaSourceParser(int limitBytes) {
        this.limitBytes = limitBytes;
    }

    /**
     * The tree of a file, or why there is none; never throws for what the content is.
     *
     * @param content not changed any more: the result may hold it
     */
    public ParseResult parse(byte[] content) {
        return parse(content, new Cancellation());
    }

    /**
     * The same; what comes of a parse that was cancelled is no result.
     *
     * @param cancellation of this parse alone
     */
    public ParseResult parse(byte[] content, Cancellation cancellation) {
        if (content.length > limitBytes) {
            return new Unparseable(
                    "",
                    new byte[0],
                    0,
                    Unparseable.TOO_LARGE,
                    "%,d bytes: files above %,d bytes are not parsed"
                            .formatted(content.length, limitBytes),
                    -1,
                    -1);
        }
        try {
            return parse(DecodedSource.of(content), cancellation);
        } catch (OutOfMemoryError e) {
            return new Unparseable(
                    "", new byte[0], 0, Unparseable.OUT_OF_MEMORY, OUT_OF_MEMORY, -1, -1);
        }
    }

    private static ParseResult parse(DecodedSource decoded, Cancellation cancellation) {
        byte[] source = decoded.source();
        LineIndex lines = LineIndex.of(source);
        try {
            return parse(decoded, lines, cancellation);
        } catch (StackOverflowError e) {
            return unparseable(
                    decoded,
                    lines,
                    Unparseable.TOO_DEEP,
                    "nested deeper than the parser's stack allows");
        } catch (OutOfMemoryError e) {
            return unparseable(decoded, lines, Unparseable.OUT_OF_MEMORY, OUT_OF_MEMORY);
        } catch (RuntimeException | Error e) {
            return unparseable(decoded, lines, Unparseable.PARSER_ERROR, "JavaParser failed: " + e);
        }
    }

    private static ParseResult parse(
            DecodedSource decoded, LineIndex lines, Cancellation cancellation) {
        SyntaxTree tree = parseCondensed(decoded.source(), cancellation);
        return tree == null
                ? parseAsItIs(decoded, lines, cancellation)
                : parsed(decoded, lines, tree, problems(decoded));
    }

    /**
     * The tree of a source in which all is well, in less time than {@link #parseAsItIs} takes; null
     * when anything is not.
     */
    static @Nullable SyntaxTree parseCondensed(byte[] source, Cancellation cancellation) {
        CondensedSource condensed = CondensedSource.of(source);
        if (condensed == null) {
            return null;
        }
        var result = cancellation.parse(new JavaParser(configuration()), condensed.text());
        CompilationUnit root = result.getResult().orElse(null);
        if (root == null || !result.getProblems().isEmpty()) {
            return null;
        }
        try {
            return TreeWriter.write(root, condensed.comments(), source, condensed.positions());
        } catch (NotPlainException e) {
            return null;
        }
    }

    /** What JavaParser makes of the source and says about it. */
    static ParseResult parseAsItIs(
            DecodedSource decoded, LineIndex lines, Cancellation cancellation) {
        byte[] source = decoded.source();
        SourcePositions positions = SourcePositions.of(source, decoded.text(), lines);
        var result = cancellation.parse(new JavaParser(configuration()), decoded.text());
        List<Problem> problems = problems(decoded);
        for (var problem : result.getProblems()) {
            problems.add(ProblemReport.of(problem, positions, lines));
        }
        CompilationUnit root = result.getResult().orElse(null);
        if (root == null) {
            Problem last = problems.getLast(); // the one that ended it
            return new Unparseable(
                    decoded.encoding(),
                    source,
                    lineCount(lines, source),
                    ProblemReport.isCrash(result.getProblems())
                            ? Unparseable.PARSER_ERROR
                            : Problem.SYNTAX,
                    last.message(),
                    last.start(),
                    last.end());
        }
        List<Comment> comments =
                Comments.of(
                        result.getCommentsCollection()
                                .orElseGet(CommentsCollection::new)
                                .getComments(),
                        positions);
        return parsed(
                decoded, lines, TreeWriter.write(root, comments, source, positions), problems);
    }

    private static Parsed parsed(
            DecodedSource decoded, LineIndex lines, SyntaxTree tree, List<Problem> problems) {
        byte[] source = decoded.source();
        return new Parsed(decoded.encoding(), source, lineCount(lines, source), tree, problems);
    }

    /**
     * The newest language with none of JavaParser's passes over the tree. Tokens are kept because a
     * node without them has no range. Made for each file: JavaParser's own parser instances hold on
     * to the last file's tokens.
     */
    static ParserConfiguration configuration() {
        var configuration =
                new ParserConfiguration()
                        .setLanguageLevel(LanguageLevel.BLEEDING_EDGE)
                        .setAttributeComments(false)
                        .setDetectOriginalLineSeparator(false);
        configuration.getProcessors().clear();
        return configuration;
    }

    /** What is to be said before JavaParser says anything. */
    private static List<Problem> problems(DecodedSource decoded) {
        var problems = new ArrayList<Problem>();
        if (decoded.guessed()) {
            problems.add(
                    new Problem(
                            Problem.ENCODING,
                            "not UTF-8: read as " + decoded.encoding() + " by best effort",
                            -1,
                            -1));
        }
        return problems;
    }

    private static Unparseable unparseable(
            DecodedSource decoded, LineIndex lines, String code, String message) {
        return new Unparseable(
                decoded.encoding(),
                decoded.source(),
                lineCount(lines, decoded.source()),
                code,
                message,
                -1,
                -1);
    }

    private static int lineCount(LineIndex lines, byte[] source) {
        int count = lines.lineCount();
        return lines.lineStart(count) == source.length ? count - 1 : count;
    }
}
