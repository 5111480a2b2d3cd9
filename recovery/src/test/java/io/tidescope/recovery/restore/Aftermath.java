package io.tidescope.recovery.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tidescope.recovery.archive.Archive;
import io.tidescope.recovery.archive.Window;
import io.tidescope.recovery.restore.Promises.Promise;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/**
 * What comes after a disaster: one of the backups is restored, by processes that may be stopped or
 * killed, and is what it promised; or the reason why not is named.
 */
final class Aftermath {
    private static final int SAMPLES = 5;
    private static final int LONGEST_LIFE_MILLIS = 1_500;

    private final Scene scene;
    private final TestDeployment restored;

    Aftermath(Scene scene) {
        this.scene = scene;
        restored = scene.cluster.deployment(scene.name + ".");
    }

    /** With nothing wrong with the archive: what was restored is right, and is gone on with. */
    void requireRestored() throws Exception {
        List<String> problems = restore(scene.promises.any(scene.random), null);
        assertThat(problems).isEmpty();
    }

    /**
     * The same for a moment of a backup: what publishers had begun by then, by their clocks. Where
     * the clocks of archivers disagree the backup may have no such moment, or one at which only
     * others had published, which is told.
     */
    Outcome requireMomentRestored() throws Exception {
        Promise promise = scene.promises.any(scene.random);
        Window window = Window.of(scene.archive.chain(promise.backup()).manifests()).getFirst();
        boolean any = !window.end().isBefore(window.begin());
        Instant moment =
                any
                        ? window.begin().plusMillis(drawn(window.begin().until(window.end())))
                        : window.end();
        scene.told.of(Event.RESTORED_MOMENT, moment.toString());
        if (!any) {
            assertThatExceptionOfType(TideScopeException.class)
                    .isThrownBy(() -> plan(promise, moment))
                    .extracting(TideScopeException::code)
                    .isEqualTo(ErrorCode.INVALID_ARGUMENT);
            return Outcome.NAMED;
        }
        if (scene.pushes.at(moment, promise.commits()).isEmpty()
                && isRefusedAsUnknown(promise, moment)) {
            return Outcome.NAMED;
        }
        assertThat(restore(promise, moment)).isEmpty();
        return Outcome.RESTORED;
    }

    private boolean isRefusedAsUnknown(Promise promise, Instant moment) {
        try {
            RestorePlan unused = plan(promise, moment);
            return false;
        } catch (TideScopeException e) {
            assertThat(e.code()).isEqualTo(ErrorCode.NOT_FOUND);
            return true;
        }
    }

    private long drawn(Duration limit) {
        return scene.random.nextLong(limit.toMillis() + 1);
    }

    /** Where versions of documents may have been lost before they were archived. */
    Outcome restoredOrNamed() throws Exception {
        List<String> problems = restore(scene.promises.any(scene.random), null);
        assertThat(problems).allMatch(problem -> problem.startsWith("documents-"));
        problems.forEach(problem -> scene.told.of(Event.DOCUMENT_MISSED, problem));
        return problems.isEmpty() ? Outcome.RESTORED : Outcome.NAMED;
    }

    /**
     * Restores it, or a moment of it.
     *
     * @return what the verification names; nothing when it is what was promised
     */
    private List<String> restore(Promise promise, @Nullable Instant moment) throws Exception {
        RestorePlan plan = plan(promise, moment);
        Map<String, String> promised =
                moment == null ? promise.commits() : scene.pushes.at(moment, promise.commits());
        Map<String, String> commits = new HashMap<>();
        plan.state().forEach(mark -> commits.put(mark.repository(), mark.commit()));
        assertThat(commits).isEqualTo(promised);
        boolean done = false;
        for (int times = scene.random.nextInt(3); times > 0 && !done; times--) {
            done = scene.random.nextBoolean() ? stopped(plan) : killed(promise, moment, times);
        }
        if (!done) {
            new Restore(scene.archive, plan, restored.target(), 2, () -> true).run();
        }
        List<String> problems =
                new Verification(
                                scene.archive,
                                plan,
                                restored.target(),
                                TestDeployment::tree,
                                SAMPLES,
                                scene.random)
                        .run()
                        .problems();
        if (problems.isEmpty()) {
            new Restore(scene.archive, plan, restored.target(), 1, () -> true).release();
            restored.parse();
            assertThat(restored.documents()).isEqualTo(scene.pushes.oracle(promised));
            goOn();
        }
        return problems;
    }

    private RestorePlan plan(Promise promise, @Nullable Instant moment) {
        return plan(scene.archive, promise, moment);
    }

    private RestorePlan plan(Archive archive, Promise promise, @Nullable Instant moment) {
        RestorePoint points = new RestorePoint(archive);
        Predicate<String> own = repository -> Pushes.isOf(scene.name, repository);
        return moment == null
                ? points.of(promise.backup(), own)
                : points.at(moment, promise.backup(), own);
    }

    /** Where publishers go on they find all that came later, or was cut off. */
    private void goOn() {
        Map<String, String> heads = new HashMap<>();
        scene.pushes
                .repositories()
                .forEach(
                        (repository, git) -> {
                            restored.publish(repository, git);
                            heads.put(repository, git.head());
                        });
        restored.parse();
        assertThat(restored.documents()).isEqualTo(scene.pushes.oracle(heads));
    }

    /** Whether it was done before. */
    private boolean stopped(RestorePlan plan) throws InterruptedException {
        scene.told.of(Event.RESTORE_STOPPED);
        AtomicInteger left = new AtomicInteger(scene.random.nextInt(60));
        try {
            new Restore(
                            scene.archive,
                            plan,
                            restored.target(),
                            1 + scene.random.nextInt(2),
                            () -> left.getAndDecrement() > 0)
                    .run();
            return true;
        } catch (TideScopeException e) {
            assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE);
            return false;
        }
    }

    /** Whether it was done before. */
    private boolean killed(Promise promise, @Nullable Instant moment, int time)
            throws InterruptedException {
        int millis = scene.random.nextInt(LONGEST_LIFE_MILLIS);
        scene.told.of(Event.RESTORE_KILLED, "after %d ms".formatted(millis));
        try (ChildJvm child =
                RecoveryChild.restore(
                        scene.made("restore" + time),
                        scene.cluster,
                        scene.name,
                        scene.kept,
                        promise.backup(),
                        moment)) {
            assertThat(child.awaitNews()).isEqualTo("at work");
            return child.endsWithin(Duration.ofMillis(millis));
        }
    }

    /** With an object lost or damaged: nothing is restored, and the reason names it. */
    void requireRefused() throws InterruptedException {
        Promise promise = scene.promises.any(scene.random);
        String damaged = Damage.to(scene.objects, promise.backup(), scene.random, scene.told);
        // Another process would: this one has read manifests before.
        Archive fresh = new Archive(scene.objects);
        @Nullable String reason = null;
        try {
            RestorePlan plan = plan(fresh, promise, null);
            new Restore(fresh, plan, restored.target(), 1, () -> true).run();
        } catch (TideScopeException e) {
            reason = e.getMessage();
        }
        assertThat(reason)
                .as("restored, though %s is damaged", damaged)
                .isNotNull()
                .containsAnyOf(
                        damaged, damaged.startsWith("backups/") ? "There is no backup" : damaged);
    }
}
