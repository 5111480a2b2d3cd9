package io.tidescope.recovery.restore;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidescope.recovery.archive.Archive;
import io.tidescope.recovery.archive.Manifest;
import io.tidescope.recovery.archive.Mark;
import io.tidescope.recovery.archive.Validation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** What the backups of a scenario promise. */
final class Promises {
    private final Archive archive;
    private final Pushes pushes;
    private final List<Promise> all = new ArrayList<>();

    /**
     * What a backup promises.
     *
     * @param commits of each repository, the commit of its last complete publish
     */
    record Promise(long backup, Map<String, String> commits) {}

    Promises(Archive archive, Pushes pushes) {
        this.archive = archive;
        this.pushes = pushes;
    }

    /** A backup was made, and nothing was published meanwhile. */
    void made(long backup) {
        all.add(new Promise(backup, pushes.published()));
    }

    /** A backup was begun, and maybe made, while nothing was published. */
    boolean maybeMade() {
        long newest = archive.backups().getLast();
        boolean made = all.isEmpty() || newest > all.getLast().backup();
        if (made) {
            made(newest);
        }
        return made;
    }

    /**
     * Others made backups while something was published: each must have a publish of each
     * repository that the one before had, or a later one. The one before is one that was there when
     * it was begun, for a full one takes its time, and others are made meanwhile.
     */
    void foundMore() {
        long known = all.isEmpty() ? 0 : all.getLast().backup();
        for (long backup : archive.backups()) {
            if (backup > known) {
                Map<String, String> commits = new HashMap<>();
                Manifest manifest = archive.read(backup);
                for (Mark mark : manifest.cut()) {
                    // Other scenarios may have theirs in the same deployment.
                    if (pushes.repositories().containsKey(mark.repository())) {
                        commits.put(mark.repository(), mark.commit());
                    }
                }
                requireNotBefore(commitsBefore(manifest), commits);
                all.add(new Promise(backup, Map.copyOf(commits)));
            }
        }
    }

    private Map<String, String> commitsBefore(Manifest later) {
        return all.reversed().stream()
                .filter(each -> !archive.read(each.backup()).createdAt().isAfter(later.begunAt()))
                .findFirst()
                .map(Promise::commits)
                .orElse(Map.of());
    }

    private void requireNotBefore(Map<String, String> earlier, Map<String, String> later) {
        later.forEach(
                (repository, commit) ->
                        assertThat(pushes.commits(repository)).as(repository).contains(commit));
        earlier.forEach(
                (repository, commit) -> {
                    List<String> order = pushes.commits(repository);
                    assertThat(later).containsKey(repository);
                    assertThat(order.indexOf(later.get(repository)))
                            .as("the publish of %s that a later backup has", repository)
                            .isGreaterThanOrEqualTo(order.indexOf(commit));
                });
    }

    /** Whether all that was published before is in the newest backup. */
    boolean isNewest(Map<String, String> published) {
        return !all.isEmpty() && all.getLast().commits().equals(published);
    }

    /** Every backup is whole. */
    void requireWhole() {
        for (Promise promise : all) {
            assertThat(new Validation(archive).run(promise.backup()).problems()).isEmpty();
        }
    }

    Promise any(Random random) {
        return all.get(random.nextInt(all.size()));
    }
}
