package io.tidescope.query.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidescope.schemas.DocumentKey;
import io.tidescope.store.query.CountDocuments;
import io.tidescope.store.query.Deadline;
import io.tidescope.store.query.FindDocument;
import io.tidescope.store.query.FindOccurrences;
import io.tidescope.store.query.FindRevision;
import io.tidescope.store.query.FindSymbols;
import io.tidescope.store.query.ListDocuments;
import io.tidescope.store.query.ListRefs;
import io.tidescope.store.query.NameMatch;
import io.tidescope.store.query.OccurrencePlace;
import io.tidescope.store.query.PathGlobs;
import io.tidescope.store.query.ReadStatistics;
import io.tidescope.store.query.Scope;
import io.tidescope.store.query.SearchStructure;
import io.tidescope.store.query.StoreQuery;
import io.tidescope.store.query.StructurePlace;
import io.tidescope.store.query.SymbolRank;
import io.tidescope.tree.NodeKind;
import io.tidescope.tree.match.Rule;
import io.tidescope.tree.match.Rule.Relation;
import io.tidescope.tree.match.Rule.StopBy;
import io.tidescope.tree.match.Search;
import io.tidescope.tree.symbol.OccurrenceRole;
import io.tidescope.tree.symbol.SymbolKind;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

class QueryKeyTest {
    private static final Scope ONE = new Scope("r", "refs/heads/main");
    private static final OccurrencePlace PLACE = new OccurrencePlace("r", "m", "p", 3);

    @Test
    void questionsThatAskSomethingElseHaveOtherKeys() {
        List<String> keys = questions(soon()).stream().map(QueryKeyTest::key).toList();

        assertThat(keys).doesNotHaveDuplicates();
    }

    @Test
    void theSameQuestionAskedAgainHasTheSameKey() {
        List<StoreQuery<?>> again = questions(Deadline.in(Duration.ofHours(1)));
        int at = 0;
        for (StoreQuery<?> question : questions(soon())) {
            assertThat(key(again.get(at++))).isEqualTo(key(question));
        }
    }

    @Test
    void namesCannotRunIntoEachOther() {
        assertThat(key(new ListDocuments("a", "b1:c", "", null, 1, soon())))
                .isNotEqualTo(key(new ListDocuments("a1:b", "c", "", null, 1, soon())));
    }

    @Test
    void howMuchTimeASearchHasIsNoPartOfWhatItAsks() {
        Rule rule = new Rule.OfKind(Set.of(NodeKind.METHOD_CALL_EXPR));

        assertThat(key(search(rule, PathGlobs.ALL, null, false, 5, Duration.ofMillis(50), soon())))
                .isEqualTo(
                        key(
                                search(
                                        rule,
                                        PathGlobs.ALL,
                                        null,
                                        false,
                                        5,
                                        Duration.ofMillis(400),
                                        soon())));
    }

    @Test
    void whatIsAskedToSeeAChangeIsNotKept() {
        assertThat(QueryKey.of(new FindRevision("c", ONE, soon()))).isNull();
        assertThat(QueryKey.of(new ReadStatistics(soon()))).isNull();
    }

    @Test
    void aRuleWithATestThatHasNoTextIsNotKept() {
        Rule rule = new Rule.Not(new Rule.Text(text -> true));

        assertThat(QueryKey.of(search(rule, PathGlobs.ALL, null, false, 5, Duration.ZERO, soon())))
                .isNull();
    }

    private static List<StoreQuery<?>> questions(Deadline deadline) {
        Function<NameMatch, FindSymbols> symbols =
                match -> new FindSymbols(match, Set.of(), ONE, null, 7, deadline);
        Rule calls = new Rule.OfKind(Set.of(NodeKind.METHOD_CALL_EXPR, NodeKind.NAME_EXPR));
        Rule names = new Rule.OfKind(Set.of(NodeKind.NAME_EXPR));
        Function<Rule, SearchStructure> search =
                rule -> search(rule, PathGlobs.ALL, null, false, 5, Duration.ZERO, deadline);
        return List.of(
                new FindDocument(new DocumentKey("r", "m", "p"), true, false, deadline),
                new FindDocument(new DocumentKey("r", "m", "p"), true, true, deadline),
                new FindDocument(new DocumentKey("r", "m", "q"), true, true, deadline),
                new ListDocuments("r", "m", "", null, 7, deadline),
                new ListDocuments("r", "m", "", "", 7, deadline),
                new ListDocuments("r", "m", "", null, 8, deadline),
                symbols.apply(new NameMatch.Exact("ab")),
                symbols.apply(new NameMatch.Prefix("ab")),
                symbols.apply(new NameMatch.Camel("ab")),
                symbols.apply(new NameMatch.Substring("ab")),
                symbols.apply(new NameMatch.Regex("ab")),
                symbols.apply(new NameMatch.Regex("a.")),
                symbols.apply(new NameMatch.Fuzzy("ab")),
                new FindSymbols(
                        new NameMatch.Exact("ab"),
                        Set.of(SymbolKind.CLASS, SymbolKind.ENUM),
                        ONE,
                        null,
                        7,
                        deadline),
                new FindSymbols(
                        new NameMatch.Exact("ab"), Set.of(), Scope.EVERYWHERE, null, 7, deadline),
                new FindSymbols(
                        new NameMatch.Exact("ab"),
                        Set.of(),
                        ONE,
                        new SymbolRank(0, "ab", "r", "m", "p", 3),
                        7,
                        deadline),
                new FindOccurrences("ab", Set.of(), ONE, null, 7, true, deadline),
                new FindOccurrences("ab", Set.of(), ONE, null, 7, false, deadline),
                new FindOccurrences("ab", Set.of(), ONE, PLACE, 7, true, deadline),
                new FindOccurrences(
                        "ab", Set.of(OccurrenceRole.CALL), ONE, null, 7, true, deadline),
                new CountDocuments(ONE, deadline),
                new CountDocuments(Scope.EVERYWHERE, deadline),
                new ListRefs(deadline),
                search.apply(calls),
                search.apply(names),
                search.apply(new Rule.Not(names)),
                search.apply(new Rule.All(List.of(names, calls))),
                search.apply(new Rule.Any(List.of(names, calls))),
                search.apply(new Rule.All(List.of(names, new Rule.All(List.of(calls))))),
                search.apply(new Rule.Related(Relation.HAS, names, new StopBy.End())),
                search.apply(new Rule.Related(Relation.HAS, names, new StopBy.Neighbour())),
                search.apply(new Rule.Related(Relation.HAS, names, new StopBy.At(calls))),
                search.apply(new Rule.Related(Relation.INSIDE, names, new StopBy.End())),
                search.apply(new Rule.Constrained(names, Map.of("A", names, "B", calls))),
                search.apply(new Rule.Constrained(names, Map.of("A", calls, "B", names))),
                search(
                        names,
                        PathGlobs.of("paths", List.of("a/*")),
                        null,
                        false,
                        5,
                        Duration.ZERO,
                        deadline),
                search(
                        names,
                        PathGlobs.ALL,
                        new StructurePlace(PLACE, 4),
                        false,
                        5,
                        Duration.ZERO,
                        deadline),
                search(names, PathGlobs.ALL, null, true, 5, Duration.ZERO, deadline));
    }

    private static SearchStructure search(
            Rule rule,
            PathGlobs paths,
            @Nullable StructurePlace after,
            boolean countOnly,
            int limit,
            Duration time,
            Deadline deadline) {
        return new SearchStructure(
                Search.of(rule), ONE, paths, after, countOnly, limit, time, deadline);
    }

    private static String key(StoreQuery<?> query) {
        String key = QueryKey.of(query);
        assertThat(key).as("%s", query).isNotNull();
        return String.valueOf(key);
    }

    private static Deadline soon() {
        return Deadline.in(Duration.ofSeconds(10));
    }
}
