package io.tidescope.ingest;

import static io.tidescope.ingest.LogRig.MAIN;
import static io.tidescope.ingest.LogRig.tracked;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidescope.ingest.git.GitFixture;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.schemas.event.Delete;
import io.tidescope.schemas.event.FileChange;
import io.tidescope.schemas.event.Upsert;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;

/** A publish that is cut off, or overtaken, is continued: nothing is lost, nothing repeated. */
class InterruptedPublishIT extends LogTest {
    private static final int FILES = 50;
    private static final PublishLimits SMALL_BATCHES =
            new PublishLimits(10, 1 << 20, 1 << 20, 16 << 20);

    private GitFixture git;

    @BeforeEach
    void commitManyFiles() {
        git = GitFixture.init(temp.resolve("work"));
        for (int i = 0; i < FILES; i++) {
            git.write("p%d/F%d.java".formatted(i % 7, i), "class F%d {}".formatted(i));
        }
        git.commit();
    }

    /** As if the process died in the middle of a transaction, some transactions in. */
    private static final class Dies implements PublishListener {
        private final int transactions;
        private int seen = -1;

        Dies(int transactions) {
            this.transactions = transactions;
        }

        @Override
        public void progressed(String repository, String ref, int published, int total) {
            if (++seen == transactions) {
                throw new Killed();
            }
        }
    }

    private static final class Killed extends RuntimeException {}

    private Publisher dying(int transactions) {
        return rig.publisher(tracked(name, git), SMALL_BATCHES, new Dies(transactions));
    }

    private Publisher healthy() {
        return rig.publisher(tracked(name, git), SMALL_BATCHES, PublishListener.NONE);
    }

    private List<String> writtenPaths() {
        return rig.model().catchUp().stream()
                .filter(event -> event.getRepository().equals(name))
                .filter(event -> event.getChange() instanceof Upsert)
                .map(FileChange::getPath)
                .toList();
    }

    @Test
    void continues_an_import_behind_the_last_transaction() {
        rig.model().catchUp();
        try (Publisher first = dying(2)) {
            assertThatThrownBy(first::publish).isInstanceOf(Killed.class);
            List<String> before = writtenPaths();
            assertThat(before).hasSize(20);
            assertThat(rig.model().state(name, MAIN).getCommit()).isNull();
            assertThat(rig.model().state(name, MAIN).getProgress().getTotal()).isEqualTo(FILES);

            try (Publisher second = healthy()) {
                PublishedRef done = second.publish().published().getFirst();
                assertThat(done.writes()).isEqualTo(FILES - 20);
                assertThat(done.sequence()).isEqualTo(1);
            }
            Set<String> all = new HashSet<>(before);
            List<String> after = writtenPaths();
            all.addAll(after);
            assertThat(after).doesNotContainAnyElementsOf(before);
            assertThat(all).hasSize(FILES);
            rig.assertPublished(name, git, MAIN);
        }
    }

    @Test
    void finishes_the_old_revision_before_the_new_one() {
        try (Publisher first = dying(3)) {
            assertThatThrownBy(first::publish).isInstanceOf(Killed.class);
        }
        String old = git.tip("main");
        git.write("p0/F0.java", "class F0 { int changed; }").write("Z.java", "class Z {}").commit();
        try (Publisher second = healthy()) {
            assertThat(second.publish().published())
                    .extracting(PublishedRef::commit)
                    .containsExactly(old, git.tip("main"));
        }
        rig.assertPublished(name, git, MAIN);
    }

    @Test
    void heals_from_the_log_when_the_old_revision_is_gone() {
        try (Publisher first = dying(3)) {
            assertThatThrownBy(first::publish).isInstanceOf(Killed.class);
        }
        git.run("rm", "-q", "-r", "-f", "p0", "p1");
        git.write("p2/F2.java", "class F2 { int changed; }");
        amendAndForget();
        try (Publisher second = healthy()) {
            second.publish();
        }
        rig.assertPublished(name, git, MAIN);
    }

    @Test
    void heals_from_the_log_again_when_cut_off_while_doing_so() {
        try (Publisher first = dying(3)) {
            assertThatThrownBy(first::publish).isInstanceOf(Killed.class);
        }
        // More is gone than one transaction of the second publish can say.
        git.run("rm", "-q", "-r", "-f", "p0", "p3");
        amendAndForget();
        try (Publisher second = dying(1)) {
            assertThatThrownBy(second::publish).isInstanceOf(Killed.class);
        }
        rig.model().catchUp();
        assertThat(rig.model().state(name, MAIN).getProgress().getFromLog()).isTrue();
        assertThat(rig.model().files(name, MAIN)).containsKey("p3/F24.java");
        try (Publisher third = healthy()) {
            third.publish();
        }
        rig.assertPublished(name, git, MAIN);
    }

    /** Replaces the last commit by the index; git keeps nothing of it. */
    private void amendAndForget() {
        git.run("commit", "-q", "-a", "--amend", "-m", "rewritten");
        git.run("reflog", "expire", "--expire=now", "--all");
        git.run("gc", "-q", "--prune=now");
    }

    @Test
    void continues_the_deletion_of_a_branch() {
        TrackedRepository withSide = tracked(name, git, "side");
        git.run("branch", "side");
        try (Publisher first = rig.publisher(withSide)) {
            first.publish();
        }
        git.run("branch", "-q", "-D", "side");
        try (Publisher second = rig.publisher(withSide, SMALL_BATCHES, new Dies(2))) {
            assertThatThrownBy(second::publish).isInstanceOf(Killed.class);
        }
        try (Publisher third = rig.publisher(withSide, SMALL_BATCHES, PublishListener.NONE)) {
            third.publish();
        }
        rig.assertGone(name, "refs/heads/side");
        rig.assertPublished(name, git, MAIN);
    }

    @Test
    void reads_again_what_is_published_when_another_publisher_took_over() {
        try (Publisher one = healthy();
                Publisher other = healthy()) {
            one.publish();
            git.write("A.java", "class A {}").commit();
            other.publish();
            rig.model().catchUp();
            assertThat(one.publish().published()).isEmpty();
            assertThat(rig.model().catchUp()).isEmpty();

            git.write("B.java", "class B {}").commit();
            one.publish();
            git.write("C.java", "class C {}").commit();
            other.publish();
            rig.assertPublished(name, git, MAIN);
            assertThat(rig.model().marker(name, MAIN).getSequence()).isEqualTo(4);
        }
    }

    @Test
    void takes_back_what_a_dead_publisher_had_sent_and_not_committed() {
        FileChange lost =
                new FileChange(
                        name, MAIN, "Lost.java", 1L, git.tip("main"), Instant.EPOCH, new Delete());
        try (PublishSession dead = PublishSession.open(name, rig.log())) {
            dead.send(lost, null);
            try (Publisher next = healthy()) {
                next.publish();
            }
            assertThat(rig.model().catchUp())
                    .extracting(FileChange::getPath)
                    .doesNotContain("Lost.java");
            rig.assertPublished(name, git, MAIN);
            assertThatThrownBy(() -> dead.commit(rig.model().state(name, MAIN)))
                    .isInstanceOf(TideScopeException.class)
                    .hasMessageContaining("another publisher");
            assertThat(dead.isFenced()).isTrue();
        }
    }

    @Test
    void keeps_what_was_sent_when_stopped() {
        Publisher[] self = new Publisher[1];
        PublishListener stopsAfterOne =
                new PublishListener() {
                    @Override
                    public void progressed(
                            String repository, String ref, int published, int total) {
                        if (published > 0) {
                            self[0].stop();
                        }
                    }
                };
        rig.model().catchUp();
        try (Publisher stopped = rig.publisher(tracked(name, git), SMALL_BATCHES, stopsAfterOne)) {
            self[0] = stopped;
            assertThatThrownBy(stopped::publish).isInstanceOf(CancellationException.class);
        }
        // The first transaction, and the file that was on its way into the second.
        assertThat(writtenPaths()).hasSize(11);
        try (Publisher next = healthy()) {
            assertThat(next.publish().published().getFirst().writes()).isEqualTo(FILES - 11);
        }
        rig.assertPublished(name, git, MAIN);
    }
}
