package io.tidescope.ingest;

import static io.tidescope.ingest.LogRig.MAIN;
import static io.tidescope.ingest.LogRig.tracked;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidescope.ingest.git.GitFixture;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.testing.Eventually;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Repositories followed by a running service. */
class IngestServiceIT extends LogTest {
    private static final Duration NEVER = Duration.ofHours(1);
    private static final Duration SOON = Duration.ofMillis(50);

    private final Heard heard = new Heard();

    /** A permit for each time that it was asked for and refused. */
    private final Semaphore asked = new Semaphore(0);

    private GitFixture git;

    @BeforeEach
    void initRepository() {
        git = GitFixture.init(temp.resolve("work"));
    }

    /** Publishes as they are heard of. */
    private static final class Heard implements PublishListener {
        private final BlockingQueue<PublishedRef> published = new LinkedBlockingQueue<>();
        private final BlockingQueue<Error> errors = new LinkedBlockingQueue<>();
        private final Semaphore mayBegin = new Semaphore(Integer.MAX_VALUE);

        @Override
        public void progressed(String repository, String ref, int done, int total) {
            mayBegin.acquireUninterruptibly();
            Error error = errors.poll();
            if (error != null) {
                throw error;
            }
        }

        @Override
        public void published(PublishedRef ref) {
            published.add(ref);
        }

        PublishedRef next() throws InterruptedException {
            PublishedRef next = published.poll(60, TimeUnit.SECONDS);
            assertThat(next).as("a publish within a minute").isNotNull();
            return next;
        }
    }

    private IngestService service(Duration poll, TrackedRepository... repositories) {
        return service(poll, Duration.ofMillis(100), rig.log(), repositories);
    }

    private IngestService service(
            Duration poll, Duration fetchPoll, EventLog log, TrackedRepository... repositories) {
        IngestSettings settings =
                new IngestSettings(
                        poll,
                        fetchPoll,
                        Duration.ofMillis(200),
                        2,
                        new PublishLimits(5, 1 << 20, 1 << 20, 16 << 20));
        return new IngestService(
                List.of(repositories), log, settings, InstantSource.system(), heard);
    }

    private PublishPermit permit(AtomicBoolean elsewhere) {
        return () -> {
            if (elsewhere.get()) {
                asked.release();
                throw new TideScopeException(ErrorCode.PRECONDITION_FAILED, "not here");
            }
            return 0;
        };
    }

    private RepositoryStatus status(IngestService service) {
        return service.findStatus(name).orElseThrow();
    }

    private static void await(BooleanSupplier condition) {
        Eventually.until(Duration.ofMinutes(1), "what the service does", condition);
    }

    @Test
    void while_another_deployment_publishes_nothing_is_published_and_nothing_is_wrong()
            throws InterruptedException {
        long before = rig.end();
        AtomicReference<Supplier<Long>> answer =
                new AtomicReference<>(
                        () -> {
                            asked.release();
                            throw new TideScopeException(ErrorCode.PRECONDITION_FAILED, "not here");
                        });
        git.write("A.java", "class A {}").commit();
        try (IngestService service =
                service(SOON, NEVER, rig.log(() -> answer.get().get()), tracked(name, git))) {
            service.start();
            asked.acquire(20);
            assertThat(status(service).problem()).isNull();
            assertThat(status(service).isUpToDate()).isFalse();
            assertThat(rig.end()).isEqualTo(before);

            answer.set(
                    () -> {
                        throw new TideScopeException(ErrorCode.UNAVAILABLE, "not known");
                    });
            await(() -> status(service).problem() != null);
            assertThat(rig.end()).isEqualTo(before);

            answer.set(() -> 1_000L);
            assertThat(heard.next().sequence()).isEqualTo(1_000);
            rig.assertPublished(name, git, MAIN);
            await(() -> status(service).isUpToDate());
        }
    }

    /** Whoever comes back after another one has published goes on from what that one did. */
    @Test
    void what_another_deployment_has_published_meanwhile_is_gone_on_from()
            throws InterruptedException {
        AtomicBoolean elsewhere = new AtomicBoolean();
        PublishPermit permit = permit(elsewhere);
        git.write("A.java", "class A {}").commit();
        try (IngestService service = service(SOON, NEVER, rig.log(permit), tracked(name, git))) {
            service.start();
            heard.next();
            elsewhere.set(true);
            asked.acquire(10);
            git.write("B.java", "class B {}").commit();
            try (Publisher other = rig.publisher(tracked(name, git))) {
                other.publish();
            }
            git.write("C.java", "class C {}").commit();
            elsewhere.set(false);

            assertThat(heard.next().sequence()).isEqualTo(3);
            rig.assertPublished(name, git, MAIN);
        }
    }

    /** A repository that is fetched now and then need not wait for that. */
    @Test
    void who_may_publish_from_now_on_does_at_once() throws InterruptedException {
        AtomicBoolean elsewhere = new AtomicBoolean(true);
        PublishPermit permit = permit(elsewhere);
        git.write("A.java", "class A {}").commit();
        GitFixture.at(temp).run("clone", "-q", "--bare", "file://" + git.directory(), "mirror.git");
        TrackedRepository mirror =
                new TrackedRepository(name, temp.resolve("mirror.git"), List.of(), true);
        try (IngestService service = service(SOON, NEVER, rig.log(permit), mirror)) {
            service.start();
            asked.acquire(10);
            git.write("B.java", "class B {}").commit();
            elsewhere.set(false);

            assertThat(heard.next().writes()).isEqualTo(2);
        }
        rig.assertPublished(name, git, MAIN);
    }

    @Test
    void a_poke_publishes_what_moved() throws InterruptedException {
        String first = git.write("A.java", "class A {}").commit();
        try (IngestService service = service(NEVER, tracked(name, git))) {
            service.start();
            assertThat(heard.next().commit()).isEqualTo(first);
            await(() -> status(service).isUpToDate());
            String second = git.write("B.java", "class B {}").commit();
            service.poke(name);
            assertThat(heard.next().commit()).isEqualTo(second);
            rig.assertPublished(name, git, MAIN);
            assertThatThrownBy(() -> service.poke("unknown"))
                    .isInstanceOf(TideScopeException.class)
                    .hasMessageContaining("unknown");
        }
    }

    @Test
    void pokes_during_a_publish_lead_to_one_more_look() throws InterruptedException {
        git.write("A.java", "class A {}").commit();
        heard.mayBegin.drainPermits();
        try (IngestService service = service(NEVER, tracked(name, git))) {
            service.start();
            await(() -> status(service).progress() != null);
            String second = git.write("B.java", "class B {}").commit();
            for (int i = 0; i < 10; i++) {
                service.poke(name);
            }
            heard.mayBegin.release(1_000_000);
            heard.next();
            assertThat(heard.next().commit()).isEqualTo(second);
        }
        assertThat(heard.published).isEmpty();
        rig.assertPublished(name, git, MAIN);
    }

    @Test
    void a_poll_finds_what_nobody_told() throws InterruptedException {
        git.write("A.java", "class A {}").commit();
        try (IngestService service = service(SOON, tracked(name, git))) {
            service.start();
            heard.next();
            String second = git.write("B.java", "class B {}").commit();
            assertThat(heard.next().commit()).isEqualTo(second);
        }
    }

    @Test
    void a_repository_that_is_gone_is_a_problem_until_it_is_back()
            throws IOException, InterruptedException {
        git.write("A.java", "class A {}").commit();
        try (IngestService service = service(SOON, tracked(name, git))) {
            service.start();
            heard.next();
            Path away = Files.move(git.directory(), temp.resolve("away"));
            await(() -> status(service).problem() != null);
            RepositoryStatus.Problem problem = Objects.requireNonNull(status(service).problem());
            assertThat(problem.code()).isEqualTo(ErrorCode.NOT_FOUND);
            assertThat(problem.message()).contains(git.directory().toString());
            Files.move(away, git.directory());
            await(() -> status(service).isUpToDate());
            String second = git.write("B.java", "class B {}").commit();
            assertThat(heard.next().commit()).isEqualTo(second);
        }
        rig.assertPublished(name, git, MAIN);
    }

    @Test
    void an_error_ends_an_attempt_and_not_the_following() throws InterruptedException {
        git.write("A.java", "class A {}").commit();
        heard.errors.add(new OutOfMemoryError("of this test"));
        try (IngestService service = service(SOON, tracked(name, git))) {
            service.start();
            await(() -> status(service).problem() != null || !heard.published.isEmpty());
            heard.next();
            await(() -> status(service).isUpToDate());
        }
        assertThat(heard.errors).isEmpty();
        rig.assertPublished(name, git, MAIN);
    }

    @Test
    void closing_in_the_middle_of_an_import_leaves_the_rest_to_the_next_start()
            throws InterruptedException {
        for (int i = 0; i < 40; i++) {
            git.write("F" + i + ".java", "class F" + i + " {}");
        }
        git.commit();
        heard.mayBegin.drainPermits();
        heard.mayBegin.release(2);
        IngestService first = service(NEVER, tracked(name, git));
        first.start();
        await(() -> status(first).progress() != null && heard.mayBegin.hasQueuedThreads());
        Thread closing = Thread.startVirtualThread(first::close);
        await(() -> closing.getState() == Thread.State.TIMED_WAITING);
        heard.mayBegin.release(1_000_000);
        closing.join();
        assertThat(heard.published).isEmpty();
        try (IngestService second = service(NEVER, tracked(name, git))) {
            second.start();
            assertThat(heard.next().writes()).isBetween(1, 35);
        }
        rig.assertPublished(name, git, MAIN);
    }

    @Test
    void a_mirror_fetches_its_origin_and_forgets_what_it_lost() throws InterruptedException {
        git.write("A.java", "class A {}").commit();
        git.run("branch", "side");
        GitFixture.at(temp).run("clone", "-q", "--bare", "file://" + git.directory(), "mirror.git");
        TrackedRepository mirror =
                new TrackedRepository(name, temp.resolve("mirror.git"), List.of("side"), true);
        try (IngestService service = service(NEVER, mirror)) {
            service.start();
            heard.next();
            heard.next();
            git.write("B.java", "class B {}").commit();
            git.run("branch", "-q", "-D", "side");
            heard.next();
            heard.next();
        }
        rig.assertPublished(name, git, MAIN);
        rig.assertGone(name, "refs/heads/side");
    }

    @Test
    void two_repositories_of_one_name_are_refused() {
        assertThatThrownBy(() -> service(NEVER, tracked(name, git), tracked(name, git)))
                .isInstanceOf(TideScopeException.class)
                .hasMessageContaining(name);
    }
}
