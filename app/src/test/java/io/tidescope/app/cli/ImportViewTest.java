package io.tidescope.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidescope.app.NoSources;
import io.tidescope.app.client.QueryClient;
import io.tidescope.app.role.Publishing;
import io.tidescope.query.PublishStates;
import io.tidescope.query.http.HttpApi;
import io.tidescope.query.http.HttpSettings;
import io.tidescope.query.http.Receivers;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.schemas.event.RefState;
import io.tidescope.schemas.event.RevisionMarker;
import io.tidescope.schemas.trace.Tracing;
import io.tidescope.store.query.ListRefs;
import io.tidescope.store.query.PartitionStatistics;
import io.tidescope.store.query.ReadStatistics;
import io.tidescope.store.query.StoreClient;
import io.tidescope.store.query.StoreQuery;
import io.tidescope.tree.match.PatternException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Over the real API; what the store and publishers say is said here. */
@Timeout(60)
class ImportViewTest {
    /** More than a page of them. */
    private static final int OTHERS = 1_100;

    private final Store store = new Store();
    private final List<RefState> states = new CopyOnWriteArrayList<>();
    private final HttpApi api =
            HttpApi.start(
                    store,
                    (PublishStates) () -> states,
                    pattern -> {
                        throw new PatternException("none is read here", 0);
                    },
                    NoSources.NONE,
                    Receivers.NONE,
                    new SimpleMeterRegistry(),
                    HttpSettings.local(0),
                    Tracing.OFF);
    private final QueryClient client =
            new QueryClient(URI.create("http://127.0.0.1:" + api.port()), null);
    private final AtomicReference<RuntimeException> failure = new AtomicReference<>();
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private volatile Publishing publishing = new Publishing(0, true, Map.of());

    @AfterEach
    void close() {
        client.close();
        api.close();
    }

    @Test
    void waitsForNobodyWhoIsNotFollowed() throws Exception {
        index("a/left", "b/followed");
        publish("a/left", 2);
        publish("b/followed", 1);

        show("b/followed");
    }

    @Test
    void tellsAProblemAndDoesNotWaitForWhatHasIt() throws Exception {
        index("a/bad", "b/good");
        publish("a/bad", 2);
        publishing = new Publishing(0, true, Map.of("a/bad", "it is gone"));

        show("a/bad", "b/good");

        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("a/bad: it is gone");
    }

    @Test
    void waitsForARepositoryThatIsNotOnTheFirstPage() throws Exception {
        index(
                Stream.concat(
                                IntStream.range(0, OTHERS).mapToObj(i -> "a/%04d".formatted(i)),
                                Stream.of("z/last"))
                        .toArray(String[]::new));
        publish("z/last", 2);

        CompletableFuture<Void> shown = showing("z/last");
        CountDownLatch looked = store.looks(8);
        looked.await();
        assertThat(shown).isNotDone();
        states.clear();

        shown.get();
    }

    @Test
    void endsWithTheFailureOfWhatItWaitsFor() {
        index("a/never");
        publish("a/never", 2);
        CompletableFuture<Void> shown = showing("a/never");
        failure.set(new TideScopeException(ErrorCode.INTERNAL, "the parser gave up"));

        assertThatThrownBy(shown::get)
                .isInstanceOf(ExecutionException.class)
                .hasRootCauseMessage("the parser gave up");
    }

    @Test
    void endsWithTheFailureOfAStoreThatDoesNotAnswer() {
        store.stop();
        CompletableFuture<Void> shown = showing("a/never");
        failure.set(new TideScopeException(ErrorCode.INTERNAL, "the store gave up"));

        assertThatThrownBy(shown::get)
                .isInstanceOf(ExecutionException.class)
                .hasRootCauseMessage("the store gave up");
    }

    private CompletableFuture<Void> showing(String... followed) {
        return CompletableFuture.runAsync(
                () -> {
                    try {
                        show(followed);
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                });
    }

    private void show(String... followed) throws InterruptedException {
        new ImportView(
                        new CompleteAnswers(client, this::check),
                        () -> publishing,
                        Set.of(followed),
                        this::check)
                .show(new Terminal(new PrintStream(printed, true, StandardCharsets.UTF_8), false));
    }

    private void check() {
        RuntimeException reason = failure.get();
        if (reason != null) {
            throw reason;
        }
    }

    /** The store has come to the first publish of these. */
    private void index(String... repositories) {
        for (String repository : repositories) {
            store.markers.add(
                    RevisionMarker.newBuilder()
                            .setRepository(repository)
                            .setRef("refs/heads/main")
                            .setCommit("1".repeat(40))
                            .setSequence(1)
                            .setDefaultRef(true)
                            .setPublishedAtMillis(Instant.EPOCH)
                            .build());
        }
    }

    /** The repository's publisher has come to a publish. */
    private void publish(String repository, long sequence) {
        states.add(
                RefState.newBuilder()
                        .setRepository(repository)
                        .setRef("refs/heads/main")
                        .setDefaultRef(true)
                        .setLocation("/somewhere")
                        .setSequence(sequence)
                        .setCommit("2".repeat(40))
                        .setUpdatedAtMillis(Instant.EPOCH)
                        .build());
    }

    /** One partition without documents. */
    private static final class Store implements StoreClient {
        private final List<RevisionMarker> markers = new CopyOnWriteArrayList<>();
        private volatile boolean stopped;
        private volatile CountDownLatch looks = new CountDownLatch(0);

        CountDownLatch looks(int count) {
            CountDownLatch latch = new CountDownLatch(count);
            looks = latch;
            return latch;
        }

        void stop() {
            stopped = true;
        }

        @Override
        public int partitions() {
            return 1;
        }

        @Override
        @SuppressWarnings("unchecked") // each case answers with the type its query names
        public <R> Answers<R> ask(StoreQuery<R> query, Set<Integer> partitions) {
            if (stopped) {
                throw new TideScopeException(ErrorCode.UNAVAILABLE, "it is not running");
            }
            looks.countDown();
            R answer =
                    (R)
                            switch (query) {
                                case ListRefs list -> List.copyOf(markers);
                                case ReadStatistics read ->
                                        new PartitionStatistics(0, 0, 0, 0, 0, 0, 0, -1);
                                default -> throw new IllegalArgumentException("asked " + query);
                            };
            return new Answers<>(Map.of(0, answer), Map.of());
        }
    }
}
