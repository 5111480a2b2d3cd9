package io.tidescope.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import io.tidescope.schemas.DocumentPartitioner;
import io.tidescope.testing.Eventually;
import io.tidescope.testing.GitRepository;
import io.tidescope.testing.IndexClient;
import io.tidescope.testing.fault.AnswersAreRight;
import io.tidescope.testing.fault.MarkedAnswer;
import io.tidescope.testing.fault.Marks;
import io.tidescope.testing.fault.ProcessSignal;
import io.tidescope.testing.fault.Violation;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Answers through the gateway of a cluster of processes while stores come and go. */
@Timeout(400)
final class ClusterAnswersIT {
    private static final Duration LIMIT = Duration.ofSeconds(120);
    private static final String REPOSITORY = "shop";
    private static final int PARTITIONS = 4;

    /** So many that every partition has some. */
    private static final int FILES = 16;

    @TempDir private Path temporary;
    private Marks marks;
    private ClusterUnderTest cluster;
    private IndexClient client;

    private final AnswersAreRight answers =
            new AnswersAreRight(
                    FILES,
                    file ->
                            DocumentPartitioner.partition(
                                    REPOSITORY, Marks.path(file), PARTITIONS));
    private final AtomicLong pushed = new AtomicLong();
    private final AtomicInteger asked = new AtomicInteger();
    private volatile boolean enough;
    private final Queue<Violation> wrong = new ConcurrentLinkedQueue<>();

    @BeforeEach
    void start() throws IOException {
        GitRepository shop = GitRepository.create(temporary.resolve(REPOSITORY));
        marks = new Marks(shop, FILES);
        push();
        cluster =
                ClusterUnderTest.start(
                        temporary.resolve("data"),
                        Map.of(),
                        shop.directory().toString(),
                        "--stores",
                        "2",
                        "--partitions",
                        Integer.toString(PARTITIONS));
        client = new IndexClient(cluster.endpoint("http"));
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void areRightWhileAStoreIsKilledAndCompleteAgainAfterwards() throws Exception {
        Marks.Push first = push();
        awaitComplete(first);
        CompletableFuture<Void> asking = CompletableFuture.runAsync(this::askAgainAndAgain);

        ProcessHandle store = cluster.child("store-1");
        assertThat(ProcessSignal.KILL.send(store.pid())).isTrue();
        Marks.Push while1IsAway = push();
        awaitComplete(while1IsAway);
        cluster.awaitAnother("store-1", store);
        Marks.Push afterwards = push();
        awaitComplete(afterwards);
        ProcessHandle other = cluster.child("store-2");
        assertThat(ProcessSignal.KILL.send(other.pid())).isTrue();
        cluster.awaitAnother("store-2", other);
        awaitComplete(push());
        int before = asked.get();
        Eventually.until(LIMIT, "questions are answered still", () -> asked.get() > before + 10);
        enough = true;
        asking.get(LIMIT.toSeconds(), TimeUnit.SECONDS);

        assertThat(wrong).isEmpty();
        assertThat(cluster.stop()).as(cluster.printed()).isZero();
        cluster.awaitNoProcessLeft();
    }

    private Marks.Push push() {
        pushed.incrementAndGet();
        return marks.push();
    }

    private void askAgainAndAgain() {
        while (!enough) {
            AnswersAreRight.Asked before = answers.asking(0);
            wrong.addAll(check(ask(Map.of()), before));
            asked.incrementAndGet();
        }
    }

    /** Waits until active nodes alone answer with all of a push. */
    private void awaitComplete(Marks.Push push) {
        Eventually.until(
                LIMIT,
                "all of " + push + " is answered by active nodes",
                () -> {
                    AnswersAreRight.Asked before = answers.asking(push.version());
                    IndexClient.Response response =
                            ask(
                                    Map.of(
                                            "min_revision",
                                            REPOSITORY + "@" + push.commit(),
                                            "wait",
                                            "2s",
                                            "consistency",
                                            "strong"));
                    assertThat(check(response, before)).isEmpty();
                    return response.status() == 200
                            && response.json().path("complete").asBoolean()
                            && response.json().path("stale").isEmpty();
                },
                () -> ask(Map.of()) + cluster.printed());
    }

    private IndexClient.Response ask(Map<String, String> parameters) {
        Map<String, String> all = new HashMap<>(parameters);
        all.put("q", Marks.PREFIX);
        all.put("match", "prefix");
        all.put("limit", "1000");
        return client.ask("/symbols", all);
    }

    /** What is wrong with an answer; nothing with one that says that there can be none now. */
    private List<Violation> check(IndexClient.Response response, AnswersAreRight.Asked before) {
        JsonNode json = response.json();
        return switch (response.status()) {
            case 200 -> answers.check(before, MarkedAnswer.of(json), pushed.get());
            case 503, 504 -> List.of();
            default -> List.of(new Violation("status", response.toString()));
        };
    }
}
