package io.tidescope.parser.parse.pattern;

import io.tidescope.parser.parse.Cancellation;
import io.tidescope.parser.parse.JavaSourceParser;
import io.tidescope.tree.match.Hole;
import io.tidescope.tree.match.Pattern;
import io.tidescope.tree.match.PatternException;
import io.tidescope.tree.match.PatternReader;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Reads patterns with JavaParser, in the first form that they parse in. Stateless: any number of
 * threads may share it.
 */
public final class JavaPatternReader implements PatternReader {
    /** Characters that a pattern may have. */
    public static final int LONGEST = 10_000;

    private static final int LONGEST_QUOTE = 20;

    /** How long reading a pattern may take; one that is not made up takes milliseconds. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final int CANCELLATION_MILLIS = 20;

    private static final ScheduledExecutorService WATCH = watch();

    private static ScheduledExecutorService watch() {
        var watch =
                new ScheduledThreadPoolExecutor(
                        1, Thread.ofPlatform().name("pattern-watch").daemon().factory());
        watch.setRemoveOnCancelPolicy(true);
        return watch;
    }

    private final JavaSourceParser parser = new JavaSourceParser();

    @Override
    public Pattern read(String text) {
        if (text.length() > LONGEST) {
            throw new PatternException(
                    "%,d characters: a pattern has at most %,d".formatted(text.length(), LONGEST),
                    LONGEST);
        }
        PatternTokens tokens = PatternTokens.of(text);
        if (tokens.size() == 0) {
            throw new PatternException("the pattern is empty", 0);
        }
        checkHoles(tokens);
        Cancellation cancellation = new Cancellation();
        // Again and again, for what is cancelled may read on for a moment.
        Future<?> watch =
                WATCH.scheduleWithFixedDelay(
                        cancellation::cancel,
                        PATIENCE.toMillis(),
                        CANCELLATION_MILLIS,
                        TimeUnit.MILLISECONDS);
        try {
            return read(text, tokens, cancellation);
        } finally {
            watch.cancel(false);
        }
    }

    private Pattern read(String text, PatternTokens tokens, Cancellation cancellation) {
        int furthest = 0;
        for (PatternShape shape : shapes(tokens)) {
            Attempt.Outcome outcome = new Attempt(text, tokens, shape).read(parser, cancellation);
            if (cancellation.isCancelled()) {
                throw new PatternException(
                        "JavaParser takes more than %d s to read it: what is nested in it has too many readings"
                                .formatted(PATIENCE.toSeconds()),
                        0);
            }
            switch (outcome) {
                case Attempt.Outcome.Read read -> {
                    checkRoots(read.pattern());
                    return read.pattern();
                }
                case Attempt.Outcome.Refused refused ->
                        furthest = Math.max(furthest, refused.offset());
            }
        }
        throw new PatternException(message(tokens, furthest), furthest);
    }

    /** A hole for many before a declaration is its modifiers rather than the statements before. */
    private static List<PatternShape> shapes(PatternTokens tokens) {
        if (!tokens.isMany(0)
                || tokens.isMany(1)
                || !(tokens.isWord(1) || tokens.text(1).equals("@"))
                || !tokens.onOneLine(0, 1)) {
            return PatternShape.ALL;
        }
        var shapes = new ArrayList<>(PatternShape.ALL);
        shapes.remove(PatternShape.MEMBERS);
        shapes.add(shapes.indexOf(PatternShape.STATEMENTS), PatternShape.MEMBERS);
        return shapes;
    }

    private static void checkHoles(PatternTokens tokens) {
        Map<String, Hole> holes = new HashMap<>();
        for (int i = 0; i < tokens.size(); i++) {
            Hole hole = hole(tokens.token(i));
            if (hole != null && hole.captures()) {
                Hole other = holes.putIfAbsent(hole.name(), hole);
                if (other != null && other.many() != hole.many()) {
                    throw new PatternException(
                            "holes used inconsistently: $%1$s is one node, $$$%1$s is many"
                                    .formatted(hole.name()),
                            tokens.token(i).start());
                }
            }
        }
    }

    /** Any number of anything is everywhere. */
    private static void checkRoots(Pattern pattern) {
        Map<Integer, Hole> holes = pattern.nodeHoles();
        if (pattern.roots().stream().allMatch(n -> holes.containsKey(n) && holes.get(n).many())) {
            throw new PatternException(
                    "a hole for any number of nodes does not stand alone: write $NAME for one node,"
                            + " or what stands beside or around it",
                    0);
        }
    }

    /** What the token is, or the string in it. */
    private static @Nullable Hole hole(PatternToken token) {
        String text = token.text();
        if (!text.startsWith("\"$") || text.length() < 3) {
            return token.hole();
        }
        Hole quoted = HoleName.hole(text.substring(1, text.length() - 1));
        return quoted == null || quoted.many() ? null : quoted;
    }

    private static String message(PatternTokens tokens, int offset) {
        for (int i = 0; i < tokens.size(); i++) {
            PatternToken token = tokens.token(i);
            if (token.end() > offset) {
                String text = token.text();
                return "not Java from here on: "
                        + (text.length() > LONGEST_QUOTE
                                ? text.substring(0, LONGEST_QUOTE) + "…"
                                : text);
            }
        }
        return "not Java: something is missing at the end";
    }
}
