package io.tidescope.ingest;

import static io.tidescope.ingest.LogRig.MAIN;
import static io.tidescope.ingest.LogRig.tracked;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidescope.ingest.git.GitFixture;
import io.tidescope.testing.Eventually;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Repositories that share a service and few turns to publish do not wait for each other's luck. */
class ManyRepositoriesIT extends LogTest {
    private static final Duration NEVER = Duration.ofHours(1);
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final Imports imports = new Imports();

    /** First publishes, which do not get on until they may. */
    private static final class Imports implements PublishListener {
        private final CountDownLatch mayGoOn = new CountDownLatch(1);
        private final BlockingQueue<String> begun = new LinkedBlockingQueue<>();
        private final BlockingQueue<PublishedRef> published = new LinkedBlockingQueue<>();
        private final AtomicBoolean interrupted = new AtomicBoolean();

        @Override
        public void progressed(String repository, String ref, int done, int total) {
            if (!repository.endsWith("indexed")) {
                begun.add(repository);
                awaitUninterruptibly();
            }
        }

        private void awaitUninterruptibly() {
            while (true) {
                try {
                    mayGoOn.await();
                    return;
                } catch (InterruptedException e) {
                    interrupted.set(true);
                }
            }
        }

        @Override
        public void published(PublishedRef ref) {
            published.add(ref);
        }
    }

    private TrackedRepository repository(String part) {
        GitFixture git = GitFixture.init(temp.resolve(part));
        git.write("A.java", "class A {}").commit();
        return tracked(name + "/" + part, git);
    }

    /** One turn of each kind. */
    private IngestService service(TrackedRepository... repositories) {
        IngestSettings settings = new IngestSettings(NEVER, NEVER, NEVER, 1, PublishLimits.DEFAULT);
        return new IngestService(
                List.of(repositories), rig.log(), settings, InstantSource.system(), imports);
    }

    private Thread follower(String part) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("ingest " + name + "/" + part))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void a_commit_does_not_wait_for_first_imports() throws InterruptedException {
        TrackedRepository indexed = repository("indexed");
        try (Publisher publisher = rig.publisher(indexed)) {
            publisher.publish();
        }
        try (IngestService service =
                service(repository("import 1"), repository("import 2"), indexed)) {
            service.start();
            assertThat(imports.begun.poll(60, TimeUnit.SECONDS)).isNotNull();
            GitFixture git = GitFixture.at(temp.resolve("indexed"));
            git.write("B.java", "class B {}").commit();
            service.poke(indexed.name());
            PublishedRef commit = imports.published.poll(60, TimeUnit.SECONDS);
            assertThat(commit).isNotNull();
            assertThat(commit.repository()).isEqualTo(indexed.name());
            assertThat(imports.begun).as("imports at the same time").isEmpty();
            imports.mayGoOn.countDown();
            assertThat(imports.published.poll(60, TimeUnit.SECONDS)).isNotNull();
            assertThat(imports.published.poll(60, TimeUnit.SECONDS)).isNotNull();
            rig.assertPublished(indexed.name(), git, MAIN);
        }
    }

    @Test
    void who_waits_for_a_turn_stops_at_once() throws InterruptedException {
        IngestService service = service(repository("import 1"), repository("import 2"));
        service.start();
        String importing = imports.begun.poll(60, TimeUnit.SECONDS);
        assertThat(importing).isNotNull();
        boolean first = importing.endsWith("1");
        Thread busy = follower(first ? "import 1" : "import 2");
        Thread waiting = follower(first ? "import 2" : "import 1");
        Eventually.until(
                LIMIT,
                "the second import waits for its turn",
                () -> waiting.getState() == Thread.State.WAITING);

        Thread closing = Thread.startVirtualThread(service::close);
        Eventually.until(LIMIT, "the second import stops", () -> !waiting.isAlive());
        // That is what a service does last, when somebody did not stop in time.
        assertThat(imports.interrupted).isFalse();
        assertThat(busy.isAlive()).isTrue();
        imports.mayGoOn.countDown();
        closing.join();
        Eventually.until(LIMIT, "the first import stops", () -> !busy.isAlive());
        assertThat(imports.begun).isEmpty();
    }
}
