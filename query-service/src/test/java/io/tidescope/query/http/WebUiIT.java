package io.tidescope.query.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tidescope.query.admin.AdminSources;
import io.tidescope.query.admin.LagSource.ConsumerPartition;
import io.tidescope.query.admin.NoReplays;
import io.tidescope.query.admin.NoSources;
import io.tidescope.query.admin.NodeSource;
import io.tidescope.query.cache.AnswerCache;
import io.tidescope.query.routing.NodeReport;
import io.tidescope.store.query.Deadline;
import io.tidescope.store.query.NodeInspection;
import io.tidescope.store.query.NodeInspection.PartitionProgress;
import io.tidescope.store.query.NodeReplies;
import io.tidescope.store.query.NodeStatus;
import io.tidescope.store.query.NodeStatus.State;
import io.tidescope.store.query.Standing;
import io.tidescope.store.query.StoreQuery;
import io.tidescope.testing.Browser;
import io.tidescope.testing.Eventually;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.IntPredicate;

/** What the page of operations makes of nodes and groups that are not well, in a real browser. */
@Timeout(180)
class WebUiIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String HOSTILE = "<img src=x onerror=window.harmed=1>";

    private volatile List<ConsumerPartition> lag = List.of();
    private volatile List<NodeReport> reports = List.of();

    private ServedSample sample;
    private Browser browser;

    @BeforeEach
    void start() {
        assumeTrue(Browser.isInstalled(), "chromium and chromedriver are not installed");
        sample =
                new ServedSample(
                        Receivers.NONE,
                        new AdminSources(
                                NoSources.NONE.parser(),
                                () -> lag,
                                new Nodes(),
                                AnswerCache.NONE,
                                new NoReplays()),
                        Duration.ofSeconds(10));
        browser = Browser.start();
    }

    @AfterEach
    void stop() {
        if (browser != null) {
            browser.close();
        }
        if (sample != null) {
            sample.close();
        }
    }

    @Test
    void saysWhatIsWrongAndThatItIsNoMore() {
        lag =
                List.of(
                        new ConsumerPartition(HOSTILE, "documents", 0, 7L, 90.0),
                        new ConsumerPartition(HOSTILE, "documents", 1, 12L, 1.0),
                        new ConsumerPartition("unknown", "documents", 0, null, null));
        reports =
                List.of(
                        node(
                                "store-1",
                                held(0, State.ACTIVE, 40),
                                held(1, State.ACTIVE, 40),
                                held(2, State.RESTORING, 49)),
                        new NodeReport("two:7401", null, false, null, "connection refused"));
        open();

        awaitVerdict("4 things are wrong");
        assertThat(text("#problems"))
                .contains("Critical: The node at two:7401: connection refused")
                .contains("Critical: Partitions 2, 3 have no active node.")
                .contains("Warning: " + HOSTILE + " is 1 min 30 s behind on documents.")
                .contains("Warning: How far unknown is behind on documents is not known.");
        assertThat(browser.value("document.querySelectorAll('#problems a').length").asInt())
                .isEqualTo(4);
        assertThat(text("#lag tbody tr"))
                .contains(HOSTILE, "19", "1 min 30 s", "0: 7 records, 1 min 30 s");
        // Of the node that is silent, of the other one, and of whether anybody answers.
        assertThat(row(1)).startsWith("two:7401no answer").endsWith("not herenot here");
        assertThat(row(2)).isEqualTo("store-1AactiveAactiveRrestoringnot here");
        assertThat(row(3)).isEqualTo("Answered byAactiveAactive!missing!missing");
        assertThat(text("#restores tbody tr")).isEqualTo("store-1249 %49 %51about 10.2 s");
        assertThat(browser.value("typeof window.harmed").asText()).isEqualTo("undefined");

        lag = List.of(new ConsumerPartition("stores", "documents", 0, 0L, 0.0));
        reports =
                List.of(
                        node(
                                "store-1",
                                held(0, State.ACTIVE, 40),
                                held(1, State.ACTIVE, 40),
                                held(2, State.ACTIVE, 49),
                                held(3, State.ACTIVE, 49)));
        awaitVerdict("All is well");
        assertThat(text("#problems")).isEmpty();
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void missesStandbysOnlyWhereThereAreMeantToBeSome() {
        lag = List.of(new ConsumerPartition("stores", "documents", 0, 0L, 0.0));
        NodeReport active =
                node(
                        "store-1",
                        held(0, State.ACTIVE, 40),
                        held(1, State.ACTIVE, 40),
                        held(2, State.ACTIVE, 40),
                        held(3, State.ACTIVE, 40));
        reports = List.of(active);
        open();
        awaitVerdict("All is well");

        reports = List.of(active, node("store-2", held(0, State.STANDBY, 40)));
        awaitVerdict("One thing is wrong");
        assertThat(text("#problems")).startsWith("Warning: Partitions 1, 2, 3 have no standby.");

        reports = List.of(active, node("store-2", held(3, State.RESTORING, 4)));
        Eventually.until(
                LIMIT,
                "all are bare",
                () -> text("#problems").contains("Partitions 0, 1, 2, 3 have no standby."));
    }

    private void open() {
        browser.open(URI.create("http://127.0.0.1:" + sample.api.port() + "/ui/ops"));
    }

    private void awaitVerdict(String verdict) {
        Eventually.until(
                LIMIT,
                verdict,
                () -> text("#verdict").equals(verdict),
                () -> browser.value("document.body.innerText").asText());
    }

    private String row(int number) {
        return text(".grid tbody tr:nth-child(%d)".formatted(number));
    }

    private String text(String selector) {
        return browser.value("document.querySelector('%s').textContent".formatted(selector))
                .asText();
    }

    private static NodeReport node(String name, PartitionProgress... partitions) {
        return new NodeReport(
                name + ":7401",
                new NodeStatus(name, name, ServedSample.PARTITIONS, List.of(), List.of()),
                true,
                new NodeInspection(name, null, List.of(), 0, 100, List.of(partitions)),
                null);
    }

    private static PartitionProgress held(int partition, State state, long position) {
        Standing standing = new Standing(position, state == State.ACTIVE, 0);
        return new PartitionProgress(partition, state, standing, -1, 101, 10_000);
    }

    private final class Nodes implements NodeSource {
        @Override
        public List<NodeStatus> nodes() {
            return List.of();
        }

        @Override
        public <R> List<NodeReplies<R>> askAll(StoreQuery<R> query, IntPredicate wanted) {
            return List.of();
        }

        @Override
        public List<NodeReport> inspect(Deadline deadline) {
            return reports;
        }
    }
}
