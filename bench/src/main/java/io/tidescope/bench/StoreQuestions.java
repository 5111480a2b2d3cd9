package io.tidescope.bench;

import io.tidescope.parser.parse.pattern.JavaPatternReader;
import io.tidescope.query.MatchReceiver;
import io.tidescope.query.PageRequest;
import io.tidescope.query.StructureEnd;
import io.tidescope.query.StructureQuestion;
import io.tidescope.query.StructureSearch;
import io.tidescope.store.query.Deadline;
import io.tidescope.store.query.NameMatch;
import io.tidescope.store.query.PathGlobs;
import io.tidescope.store.query.Scope;
import io.tidescope.store.query.StructureHit;
import io.tidescope.testing.Eventually;
import io.tidescope.tree.match.Rule;
import io.tidescope.tree.match.Search;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** What a store's answers take of the processor, merged, without HTTP and JSON. */
final class StoreQuestions {
    private static final int PAGE = 100_000;
    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** Each question is asked for so long, and first half of it to warm up. */
    private static final Duration ASKED = Duration.ofMillis(700);

    private final RestoredStore store;

    StoreQuestions(RestoredStore store) {
        this.store = store;
    }

    /**
     * Processor milliseconds of a question for the definitions of a name, of many names in turn.
     */
    double symbols(List<String> names) {
        int[] next = {0};
        return millis(
                () -> {
                    String name = names.get(next[0]++ % names.size());
                    store.gateway()
                            .symbols(
                                    new NameMatch.Exact(name),
                                    Set.of(),
                                    Scope.EVERYWHERE,
                                    new PageRequest(name, 100, null),
                                    Deadline.in(LIMIT));
                });
    }

    /** Processor milliseconds of a search for all matches of a pattern. */
    double search(String pattern) {
        Search search = Search.of(new Rule.Matches(new JavaPatternReader().read(pattern)));
        // Streams may still be moving partitions between its threads.
        Eventually.until(LIMIT, pattern + " is answered", () -> answer(pattern, search).complete());
        return millis(
                () -> {
                    StructureEnd end = answer(pattern, search);
                    if (!end.complete()) {
                        throw new IllegalStateException(pattern + ": " + end);
                    }
                });
    }

    private StructureEnd answer(String pattern, Search search) {
        StructureQuestion question =
                new StructureQuestion(search, Scope.EVERYWHERE, PathGlobs.ALL, false, false);
        try (StructureSearch asked =
                store.gateway()
                        .search(
                                question,
                                new PageRequest(pattern, PAGE, null),
                                Deadline.in(LIMIT))) {
            return asked.run(new Ignoring());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static double millis(Runnable question) {
        repeat(question, ASKED.dividedBy(2));
        long before = RestoredStore.processorNanos();
        int asked = repeat(question, ASKED);
        return (RestoredStore.processorNanos() - before) / 1e6 / asked;
    }

    private static int repeat(Runnable question, Duration time) {
        long start = System.nanoTime();
        int asked = 0;
        do {
            question.run();
            asked++;
        } while (System.nanoTime() - start < time.toNanos());
        return asked;
    }

    private record Ignoring() implements MatchReceiver {
        @Override
        public Ready ready(List<StructureHit> matches) {
            return (from, to) -> {};
        }

        @Override
        public void pause() {}
    }
}
