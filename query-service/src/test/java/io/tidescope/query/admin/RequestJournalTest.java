package io.tidescope.query.admin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;
import java.util.Map;

class RequestJournalTest {
    private Instant now = Instant.parse("2026-11-27T10:00:00Z");
    private final RequestJournal journal = new RequestJournal(() -> now);

    @Test
    void slowQueriesComeSlowestFirstFromTheThresholdOn() {
        journal.answered("symbols", 200, 499, Map.of("q", "a"));
        journal.answered("symbols", 200, 500, Map.of("q", "b"));
        journal.answered("symbols", 504, 12_000, Map.of("q", "c"));

        assertThat(journal.slowQueries(500, 10))
                .extracting(SlowQuery::millis)
                .containsExactly(12_000.0, 500.0);
        assertThat(journal.slowQueries(500, 1))
                .containsExactly(
                        new SlowQuery(
                                "2026-11-27T10:00:00.000Z",
                                "symbols",
                                504,
                                12_000,
                                Map.of("q", "c")));
        assertThat(journal.slowQueries(10, 10)).hasSize(3);
    }

    @Test
    void manyRatherSlowQueriesDoNotPushOutAVerySlowOne() {
        journal.answered("symbols", 200, 5_000, Map.of());
        for (int i = 0; i < 10 * SlowQueries.MOST_OF_MAGNITUDE; i++) {
            journal.answered("symbols", 200, 50, Map.of());
            journal.answered("symbols", 200, 1, Map.of());
        }

        assertThat(journal.slowQueries(1_000, 10)).hasSize(1);
        assertThat(journal.slowQueries(10, Integer.MAX_VALUE))
                .hasSize(1 + SlowQueries.MOST_OF_MAGNITUDE);
    }

    @Test
    void noMoreIsKeptOfAQuestionThanItsBeginning() {
        journal.answered("search/structural", 200, 900, Map.of("pattern", "x".repeat(10_000)));

        assertThat(journal.slowQueries(500, 1).getFirst().parameters())
                .isEqualTo(Map.of("pattern", "x".repeat(RequestJournal.MAX_VALUE_LENGTH) + "…"));
        assertThat(journal.queryPatterns(PatternOrder.COUNT, 1).getFirst().pattern())
                .hasSize(RequestJournal.MAX_VALUE_LENGTH + 1);
    }

    @Test
    void queriesHaveAPatternInCommonWhateverTheyLookFor() {
        journal.answered("symbols", 200, 2, Map.of("q", "a", "match", "fuzzy"));
        journal.answered("symbols", 200, 4, Map.of("match", "fuzzy", "q", "b"));
        journal.answered("symbols", 200, 1, Map.of("q", "b"));
        journal.answered("symbols", 200, 1, Map.of("q", "b", "match", "exact"));
        journal.answered("search/structural", 200, 100, Map.of("pattern", "a()"));
        journal.answered("search/structural", 200, 90, Map.of("pattern", "b()"));

        List<QueryPattern> patterns = journal.queryPatterns(PatternOrder.COUNT, 10);

        assertThat(patterns).hasSize(5);
        assertThat(patterns.getFirst())
                .returns("symbols", QueryPattern::endpoint)
                .returns(List.of("match", "q"), QueryPattern::parameters)
                .returns("fuzzy", QueryPattern::match)
                .returns(null, QueryPattern::pattern)
                .returns(2L, QueryPattern::count)
                .returns(6.0, QueryPattern::totalMillis)
                .returns(3.0, QueryPattern::meanMillis)
                .returns(4.0, QueryPattern::p99Millis);
        assertThat(journal.queryPatterns(PatternOrder.TIME, 2))
                .extracting(QueryPattern::pattern)
                .containsExactly("a()", "b()");
    }

    @Test
    void ofManyPatternsThoseStayThatAreAskedStill() {
        for (int i = 0; i < 10 * QueryPatterns.MOST; i++) {
            journal.answered("search/structural", 200, 1, Map.of("pattern", "p" + i));
            journal.answered("symbols", 200, 1, Map.of("q", "a"));
        }

        List<QueryPattern> patterns = journal.queryPatterns(PatternOrder.COUNT, Integer.MAX_VALUE);
        assertThat(patterns).hasSize(QueryPatterns.MOST);
        assertThat(patterns.getFirst().count()).isEqualTo(10 * QueryPatterns.MOST);
    }

    @Test
    void errorsComeNewestFirstAndOnlyAsBadAsAsked() {
        fail(Severity.WARNING, "OVERLOADED", 0);
        fail(Severity.INFO, "NOT_FOUND", 1);
        fail(Severity.ERROR, "INTERNAL", 1);

        assertThat(journal.recentErrors(Severity.WARNING, 10))
                .extracting(RecentError::code)
                .containsExactly("INTERNAL", "OVERLOADED");
        assertThat(journal.recentErrors(Severity.INFO, 2))
                .extracting(RecentError::at)
                .containsExactly("2026-11-27T10:00:00.002Z", "2026-11-27T10:00:00.001Z");
    }

    @Test
    void manyMistakesDoNotPushOutADefect() {
        fail(Severity.CRITICAL, "CORRUPT", 0);
        for (int i = 0; i < 10 * RecentErrors.MOST_OF_SEVERITY; i++) {
            fail(Severity.INFO, "NOT_FOUND", 1);
        }

        assertThat(journal.recentErrors(Severity.WARNING, 10)).hasSize(1);
        assertThat(journal.recentErrors(Severity.INFO, Integer.MAX_VALUE))
                .hasSize(1 + RecentErrors.MOST_OF_SEVERITY);
    }

    private void fail(Severity severity, String code, int millisLater) {
        now = now.plusMillis(millisLater);
        journal.failed(severity, code, "/api/v1/symbols", 500, "what was said", null);
    }
}
