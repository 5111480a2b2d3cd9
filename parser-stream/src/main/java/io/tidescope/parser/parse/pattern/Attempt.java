package io.tidescope.parser.parse.pattern;

import io.tidescope.parser.parse.Cancellation;
import io.tidescope.parser.parse.JavaSourceParser;
import io.tidescope.parser.parse.ParseResult.Parsed;
import io.tidescope.parser.parse.ParseResult.Unparseable;
import io.tidescope.parser.parse.Problem;
import io.tidescope.tree.NodeKind;
import io.tidescope.tree.Role;
import io.tidescope.tree.SyntaxTree;
import io.tidescope.tree.match.Pattern;
import io.tidescope.tree.match.PatternException;
import io.tidescope.tree.match.PatternForm;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads a pattern in one form. */
final class Attempt {
    /** How deep the nodes of a pattern may nest. */
    static final int DEEPEST = 1_000;

    private static final String NESTED = "nested too deep";

    private final String text;
    private final PatternTokens tokens;
    private final PatternShape shape;
    private final Rewritten rewritten;
    private final byte[] source;
    private final int start;
    private final int end;

    /** What became of it. */
    sealed interface Outcome {
        record Read(Pattern pattern) implements Outcome {}

        /**
         * The text does not have that form.
         *
         * @param offset index of the first character that does not fit
         */
        record Refused(int offset) implements Outcome {}
    }

    Attempt(String text, PatternTokens tokens, PatternShape shape) {
        this.text = text;
        this.tokens = tokens;
        this.shape = shape;
        rewritten = HolePlaces.rewrite(text, tokens, shape.top());
        String body = shape.before() + rewritten.text() + shape.completion();
        start = shape.before().length();
        end = bytes(body).length;
        source = bytes(body + shape.behind());
    }

    /**
     * @throws PatternException when the text has the form but is no pattern
     */
    Outcome read(JavaSourceParser parser, Cancellation cancellation) {
        return switch (parser.parse(source, cancellation)) {
            case Parsed parsed when parsed.problems().isEmpty() -> read(parsed.tree());
            case Parsed parsed -> {
                Problem first = parsed.problems().getFirst();
                yield refused(first.start(), first.message());
            }
            case Unparseable failed when failed.code().equals(Unparseable.TOO_DEEP) ->
                    throw new PatternException(NESTED, 0);
            case Unparseable failed -> refused(failed.start(), failed.message());
        };
    }

    /** JavaParser points at the last token that it understood, not at the first that it did not. */
    private Outcome refused(int offset, String message) {
        return message.startsWith("Parse error") && offset >= start
                ? new Outcome.Refused(tokens.behind(given(offset)))
                : refused(offset);
    }

    private Outcome refused(int offset) {
        return new Outcome.Refused(given(offset));
    }

    /** The index in the given text of an offset in the source. */
    private int given(int offset) {
        int before = Math.clamp(offset, start, source.length) - start;
        String passed = new String(source, start, before, StandardCharsets.UTF_8);
        return rewritten.given(passed.length());
    }

    private Outcome read(SyntaxTree tree) {
        List<Integer> roots = outermost(tree);
        for (int root : roots) {
            if (tree.role(root) != shape.role()
                    || !shape.accepts(tree.kind(root))
                    || isCompact(tree, root)
                    || isNoStatement(tree, root)) {
                return refused(tree.start(root));
            }
        }
        if (roots.isEmpty() || isManyAlone()) {
            return refused(start);
        }
        for (int root : roots) {
            checkDepth(tree, root);
        }
        var holes = new HoleFinder(tree, start, end, rewritten, this::given);
        if (!holes.find(roots)) {
            return refused(start);
        }
        return new Outcome.Read(
                new Pattern(text, shape.form(), tree, roots, holes.nodeHoles(), holes.textHoles()));
    }

    /** The nodes within the pattern that are not within another of them. */
    private List<Integer> outermost(SyntaxTree tree) {
        var nodes = new ArrayList<Integer>();
        int node = 1;
        while (node < tree.nodeCount()) {
            if (tree.hasRange(node) && tree.start(node) >= start && tree.end(node) <= end) {
                nodes.add(node);
                node = tree.subtreeEnd(node);
            } else {
                node++;
            }
        }
        return nodes;
    }

    /** Whether it is a file of methods without a class. */
    private static boolean isCompact(SyntaxTree tree, int node) {
        return tree.kind(node) == NodeKind.CLASS_OR_INTERFACE_DECLARATION
                && tree.attributes(node).stream().anyMatch(a -> a.name().equals("isCompact"));
    }

    /** A field is parsed as a local variable with modifiers that none may have. */
    private boolean isNoStatement(SyntaxTree tree, int root) {
        if (shape.form() != PatternForm.STATEMENTS
                || tree.kind(root) != NodeKind.EXPRESSION_STMT
                || tree.kind(root + 1) != NodeKind.VARIABLE_DECLARATION_EXPR) {
            return false;
        }
        int end = tree.subtreeEnd(root + 1);
        for (int child = root + 2; child < end; child = tree.subtreeEnd(child)) {
            if (tree.role(child) == Role.MODIFIERS
                    && !tree.attributes(child).getFirst().value().equals("FINAL")) {
                return true;
            }
        }
        return false;
    }

    /** Any number of neighbours is no expression, so it is any number of statements. */
    private boolean isManyAlone() {
        return shape.form() == PatternForm.EXPRESSION && tokens.size() == 1 && tokens.isMany(0);
    }

    private void checkDepth(SyntaxTree tree, int root) {
        int[] ends = new int[DEEPEST];
        int depth = 0;
        for (int node = root; node < tree.subtreeEnd(root); node++) {
            while (depth > 0 && ends[depth - 1] <= node) {
                depth--;
            }
            if (depth == DEEPEST) {
                throw new PatternException(NESTED, given(tree.start(node)));
            }
            ends[depth++] = tree.subtreeEnd(node);
        }
    }

    private static byte[] bytes(String string) {
        return string.getBytes(StandardCharsets.UTF_8);
    }
}
