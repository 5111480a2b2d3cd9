package io.tidescope.recovery.restore;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidescope.recovery.archive.Archive;
import io.tidescope.recovery.archive.Manifest;
import io.tidescope.recovery.archive.Upkeep;
import io.tidescope.recovery.backup.FullBackup;
import io.tidescope.recovery.backup.Tail;
import io.tidescope.recovery.object.ObjectStore;
import io.tidescope.recovery.object.WatchedObjects;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Pushes that are cut off or have a wrong clock, a broker that restarts, archivers that are killed,
 * die at a write, have a wrong clock, or are two; in the end an object that is lost or damaged, or
 * a restore, of a backup or of a moment.
 */
final class MixedDisaster implements Disaster {
    private static final int LONGEST_LIFE_MILLIS = 1_000;
    private static final Duration KEPT = Duration.ofDays(30);

    private final Scene scene;
    private final TestDeployment live;
    private InstantSource clock = InstantSource.system();
    private int archivers;

    private static final class Died extends RuntimeException {}

    /**
     * @param live where a parser runs
     */
    MixedDisaster(Scene scene, TestDeployment live) {
        this.scene = scene;
        this.live = live;
    }

    @Override
    public Outcome run() throws Exception {
        for (String repository : scene.pushes.repositories().keySet()) {
            scene.pushes.push(live, repository, InstantSource.system());
        }
        backUp();
        for (int steps = 3 + scene.random.nextInt(4); steps > 0; steps--) {
            step();
        }
        backUp();
        scene.promises.requireWhole();
        if (scene.random.nextInt(3) == 0) {
            new Aftermath(scene).requireRefused();
            return Outcome.NAMED;
        }
        if (scene.random.nextBoolean()) {
            return new Aftermath(scene).requireMomentRestored();
        }
        new Aftermath(scene).requireRestored();
        return Outcome.RESTORED;
    }

    private void step() throws InterruptedException {
        switch (scene.random.nextInt(10)) {
            case 0 -> push(InstantSource.system());
            case 1 -> pushCutOff();
            case 2 -> backUp();
            case 3 -> archiverDiesAtAWrite();
            case 4 -> twoArchivers();
            case 5 -> pushWithAWrongClock();
            case 6 -> archiverIsKilled();
            case 7 -> brokerRestarts();
            case 8 -> archiverWithAWrongClock();
            default -> live.awaitDocuments();
        }
    }

    private void push(InstantSource clock) {
        scene.told.of(Event.PUSH);
        scene.pushes.push(live, scene.pushes.any(), clock);
    }

    private void pushWithAWrongClock() {
        scene.told.of(Event.WRONG_CLOCK);
        push(wrongClock());
    }

    private InstantSource wrongClock() {
        return InstantSource.offset(
                InstantSource.system(), Duration.ofHours(scene.random.nextInt(480) - 240));
    }

    private void pushCutOff() {
        if (scene.pushes.pushCutOff(live, scene.pushes.any())) {
            scene.told.of(Event.PUSH_CUT_OFF);
        } else {
            scene.told.of(Event.PUSH);
        }
    }

    private void brokerRestarts() {
        scene.told.of(Event.BROKER_RESTARTED);
        scene.broker.restart();
    }

    private void backUp() {
        scene.told.of(Event.BACKUP);
        scene.promises.made(make(scene.objects, scene.random.nextInt(3) == 0).id());
    }

    /** And what it takes for old is removed. */
    private void archiverWithAWrongClock() {
        scene.told.of(Event.ARCHIVER_WITH_A_WRONG_CLOCK);
        clock = wrongClock();
        backUp();
        new Upkeep(scene.archive, clock).removeOutdated(KEPT);
        clock = InstantSource.system();
    }

    private Manifest make(ObjectStore to, boolean full) {
        Archive archive = new Archive(to);
        if (!full && !archive.backups().isEmpty()) {
            try (Tail tail = tail(archive)) {
                return tail.backUp();
            } catch (TideScopeException e) {
                // By this clock nobody knows what is gone since the newest one: as archivers do.
                requireClocksDiffer(e);
            }
        }
        return new FullBackup(live.source(), archive, clock, () -> true).run();
    }

    private void requireClocksDiffer(TideScopeException e) {
        assertThat(scene.told.counts()).containsKey(Event.ARCHIVER_WITH_A_WRONG_CLOCK);
        assertThat(e.code()).isEqualTo(ErrorCode.PRECONDITION_FAILED);
    }

    private Tail tail(Archive archive) {
        return new Tail(live.source(), archive, clock, () -> true);
    }

    private void archiverDiesAtAWrite() {
        boolean before = scene.random.nextBoolean();
        int write = 1 + scene.random.nextInt(12);
        scene.told.of(
                Event.ARCHIVER_DIES_AT_A_WRITE,
                "%s write %d".formatted(before ? "before" : "after", write));
        try {
            scene.promises.made(
                    make(dying(scene.objects, write, before), scene.random.nextBoolean()).id());
        } catch (Died e) {
            // A backup that was written before it died counts.
            scene.promises.maybeMade();
        }
    }

    /** A store whose writer dies at one of its writes. */
    private static ObjectStore dying(ObjectStore objects, int writes, boolean before) {
        AtomicInteger left = new AtomicInteger(writes);
        return new WatchedObjects(
                objects,
                new WatchedObjects.Watcher() {
                    @Override
                    public void creating() {
                        if (left.decrementAndGet() == 0 && before) {
                            throw new Died();
                        }
                    }

                    @Override
                    public void created() {
                        if (left.get() == 0) {
                            throw new Died();
                        }
                    }
                });
    }

    /** Both read on from the same backup; of what they make one counts. */
    private void twoArchivers() {
        scene.told.of(Event.TWO_ARCHIVERS);
        // One that both can build upon, whatever clock the newest one is of.
        backUp();
        try (Tail one = tail(scene.archive);
                Tail other = tail(scene.archive)) {
            scene.promises.made(one.backUp().id());
            try {
                other.backUp();
                throw new AssertionError("two backups with one number");
            } catch (TideScopeException e) {
                assertThat(e.code()).isEqualTo(ErrorCode.PRECONDITION_FAILED);
            }
        }
    }

    /** It makes backups while something is pushed, up to a moment that nobody chose. */
    private void archiverIsKilled() throws InterruptedException {
        int millis = scene.random.nextInt(LONGEST_LIFE_MILLIS);
        scene.told.of(Event.ARCHIVER_KILLED, "after %d ms".formatted(millis));
        try (ChildJvm archiver =
                RecoveryChild.archiver(
                        scene.made("archiver" + archivers++),
                        scene.cluster,
                        live.topics().names().prefix(),
                        scene.kept)) {
            assertThat(archiver.awaitNews()).isEqualTo("at work");
            for (int count = scene.random.nextInt(3); count > 0; count--) {
                push(InstantSource.system());
            }
            archiver.endsWithin(Duration.ofMillis(millis));
        }
        scene.promises.foundMore();
    }
}
