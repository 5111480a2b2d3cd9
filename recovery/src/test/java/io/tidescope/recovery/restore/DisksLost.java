package io.tidescope.recovery.restore;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidescope.testing.Eventually;
import io.tidescope.testing.ScratchDirectory;

import java.nio.file.Path;
import java.time.Duration;

/**
 * A machine with broker, registry and parser is killed in the middle of a push, and its disk is
 * gone; an archiver elsewhere has made backups up to then. They are restored into another cluster,
 * with another registry.
 */
final class DisksLost implements Disaster {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int LONGEST_PUSH_MILLIS = 400;
    private static final int LONGEST_REST_MILLIS = 600;

    private final Scene scene;

    DisksLost(Scene scene) {
        this.scene = scene;
    }

    @Override
    public Outcome run() throws Exception {
        Path disk = scene.made("disk");
        String prefix = scene.name + "lost.";
        try (ChildJvm site = SiteChild.start(disk, prefix)) {
            Cluster lost = SiteChild.cluster(site);
            for (String repository : scene.pushes.repositories().keySet()) {
                push(site, repository);
            }
            try (ChildJvm archiver =
                    RecoveryChild.archiver(scene.made("archiver"), lost, prefix, scene.kept)) {
                assertThat(archiver.awaitNews()).isEqualTo("at work");
                awaitBackup();
                for (int count = scene.random.nextInt(3); count > 0; count--) {
                    push(site, scene.pushes.any());
                }
                if (scene.random.nextBoolean()) {
                    awaitBackup();
                }
                loseInAPush(site, disk);
                archiver.endsWithin(millis(LONGEST_REST_MILLIS));
            }
        }
        scene.promises.foundMore();
        scene.promises.requireWhole();
        new Aftermath(scene).requireRestored();
        return Outcome.RESTORED;
    }

    private void push(ChildJvm site, String repository) {
        scene.told.of(Event.PUSH);
        SiteChild.publish(site, repository, scene.pushes.change(repository).directory());
        assertThat(site.awaitNews()).isEqualTo("published " + repository);
        scene.pushes.done(repository);
    }

    private void awaitBackup() {
        Eventually.until(
                LIMIT,
                "a backup of everything published",
                () -> {
                    scene.promises.foundMore();
                    return scene.promises.isNewest(scene.pushes.published());
                });
    }

    private void loseInAPush(ChildJvm site, Path disk) throws InterruptedException {
        Duration pushed = millis(LONGEST_PUSH_MILLIS);
        scene.told.of(Event.DISKS_LOST, "after %d ms".formatted(pushed.toMillis()));
        String repository = scene.pushes.any();
        SiteChild.publish(site, repository, scene.pushes.change(repository).directory());
        site.endsWithin(pushed);
        site.kill();
        new ScratchDirectory(disk).close();
    }

    private Duration millis(int limit) {
        return Duration.ofMillis(scene.random.nextInt(limit));
    }
}
