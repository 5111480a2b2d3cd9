package io.tidescope.query.routing;

import static io.tidescope.query.SampleIndex.MAIN;
import static io.tidescope.query.SampleIndex.REPOSITORY;
import static io.tidescope.query.routing.FakeCluster.eventually;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidescope.query.Gateway;
import io.tidescope.query.Page;
import io.tidescope.query.PageRequest;
import io.tidescope.query.PublishStates;
import io.tidescope.query.RefDirectory;
import io.tidescope.query.RevisionBarrier;
import io.tidescope.query.RevisionBound;
import io.tidescope.query.SampleIndex;
import io.tidescope.query.request.RepositoryRevision;
import io.tidescope.store.query.Deadline;
import io.tidescope.store.query.NameMatch;
import io.tidescope.store.query.NodeStatus.State;
import io.tidescope.store.query.ReadBound;
import io.tidescope.store.query.Scope;
import io.tidescope.store.query.SymbolHit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Questions to a whole store whose nodes come and go between one question and the next. */
@Timeout(60)
class GatewayOverNodesTest {
    private static final Scope ALL = new Scope(null, Scope.ALL_REFS);
    private static final String COMMIT = "c".repeat(40);

    private final FakeCluster cluster = new FakeCluster(2);
    private final SampleIndex index = new SampleIndex(cluster.data);

    @AfterEach
    void stop() {
        cluster.close();
    }

    @Test
    void aListGoesOnWhereItWasWhenAnotherNodeHasTakenOver() {
        for (int i = 0; i < 20; i++) {
            index.put("a/F%02d.java".formatted(i), "class Same {}");
        }
        FakeNode a = cluster.node("a").active(0).standby(1);
        cluster.node("b").active(1).standby(0);
        Gateway gateway = new Gateway(cluster.store());
        List<String> paths = new ArrayList<>();

        String cursor = null;
        int pages = 0;
        do {
            Page<SymbolHit> page =
                    gateway.symbols(
                            new NameMatch.Exact("Same"),
                            Set.of(),
                            ALL,
                            PageRequest.of("q", 3, cursor),
                            soon());
            assertThat(page.missing()).isEmpty();
            page.items().forEach(hit -> paths.add(hit.rank().path()));
            cursor = page.nextCursor();
            if (++pages == 2) {
                a.die();
            }
        } while (cursor != null);

        assertThat(paths).hasSize(20).doesNotHaveDuplicates().isSorted();
    }

    @Test
    void aRevisionThatOneNodeWasSeenToHoldIsInWhatAnotherAnswers() {
        FakeNode a = cluster.node("a").holds(0, State.ACTIVE, 10).holds(1, State.ACTIVE, 10);
        FakeNode b = cluster.node("b").holds(0, State.STANDBY, 9).holds(1, State.STANDBY, 10);
        cluster.data.mark(SampleIndex.marker(REPOSITORY, MAIN, COMMIT, true));
        RoutedStore store = cluster.store();
        RevisionBarrier barrier = new RevisionBarrier(store, PublishStates.NONE, 1);

        Map<Integer, Long> positions =
                barrier.await(
                        new RevisionBound(
                                new RepositoryRevision(null, COMMIT), Duration.ofSeconds(20)),
                        new Scope(REPOSITORY, null),
                        Set.of(0, 1));
        a.die();
        Gateway bound = new Gateway(store.within(ReadBound.AVAILABLE.atLeast(positions)));

        assertThat(positions).isEqualTo(Map.of(0, 10L, 1, 10L));
        assertThat(bound.statistics(soon()).byPartition()).containsOnlyKeys(1);
        b.holds(0, State.STANDBY, 10);
        assertThat(bound.statistics(soon()).byPartition()).containsOnlyKeys(0, 1);
    }

    @Test
    void repositoriesAndRevisionsAreThoseOfAllNodes() {
        cluster.node("a").active(0);
        cluster.node("b").active(1);
        index.put("A.java", "class A {}").mark(COMMIT);
        cluster.data.mark(SampleIndex.marker("tide/other", MAIN, COMMIT, true), 1);
        RoutedStore store = cluster.store();
        RefDirectory refs = new RefDirectory(new Gateway(store), PublishStates.NONE);

        assertThat(refs.repositories(PageRequest.of("r", 10, null), soon()).items())
                .extracting(repository -> repository.name())
                .containsExactly("tide/other", REPOSITORY);
        assertThat(refs.revision(COMMIT, ALL, soon()).byPartition())
                .isEqualTo(Map.of(0, true, 1, true));
        assertThat(new Gateway(store).statistics(soon()).complete()).isTrue();
    }

    @Test
    void readinessTellsWhichPartitionsNobodyAnswersFor() {
        FakeNode a = cluster.node("a").active(0);
        cluster.node("b").holds(1, State.RESTORING, 3);
        RoutedStore store = cluster.store();

        assertThat(store.readiness().ready()).isFalse();
        assertThat(store.readiness().troubles()).anyMatch(it -> it.contains("1 of 2 partitions"));
        a.active(1);
        eventually(() -> store.readiness().ready());
        a.die();
        eventually(() -> !store.readiness().ready());
        assertThat(store.readiness().troubles()).anyMatch(it -> it.contains("connection refused"));
    }

    private static Deadline soon() {
        return Deadline.in(Duration.ofSeconds(20));
    }
}
