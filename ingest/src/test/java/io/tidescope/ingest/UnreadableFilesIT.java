package io.tidescope.ingest;

import static io.tidescope.ingest.LogRig.MAIN;
import static io.tidescope.ingest.LogRig.tracked;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidescope.ingest.git.GitFixture;
import io.tidescope.ingest.git.TreeEntry;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;

import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.SortedMap;

/** Objects that git cannot read keep nothing else out of the log, and fill it with nothing. */
@ParameterizedClass
@ValueSource(strings = {"sha1", "sha256"})
class UnreadableFilesIT extends LogTest {
    private static final int FILES = 25;
    private static final PublishLimits SMALL_BATCHES =
            new PublishLimits(10, 1 << 20, 1 << 20, 16 << 20);

    private final String objectFormat;
    private GitFixture git;

    UnreadableFilesIT(String objectFormat) {
        this.objectFormat = objectFormat;
    }

    @BeforeEach
    void commitFiles() {
        name += "/" + objectFormat;
        git = GitFixture.init(temp.resolve("work"), "--object-format=" + objectFormat);
        for (int i = 10; i < 10 + FILES; i++) {
            git.write("F" + i + ".java", "class F" + i + " {}");
        }
        git.commit();
    }

    private Publisher publisher(String... refs) {
        return rig.publisher(tracked(name, git, refs), SMALL_BATCHES, PublishListener.NONE);
    }

    /** Overwrites a file's object with what is no object; where the sound one is kept. */
    private Path damage(String path) throws IOException {
        Path object = git.looseObject(git.run("rev-parse", "HEAD:" + path));
        Path aside = Files.move(object, temp.resolve(path + " aside"));
        Files.writeString(object, "no zlib stream");
        return aside;
    }

    private void repair(String path, Path aside) throws IOException {
        Path object = git.looseObject(git.run("rev-parse", "HEAD:" + path));
        Files.move(aside, object, StandardCopyOption.REPLACE_EXISTING);
    }

    private static AbstractThrowableAssert<?, ?> assertCorrupt(Publisher publisher) {
        return assertThatThrownBy(publisher::publish)
                .isInstanceOfSatisfying(
                        TideScopeException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.CORRUPT));
    }

    private SortedMap<String, TreeEntry> published() {
        rig.model().catchUp();
        return rig.model().files(name, MAIN);
    }

    @Test
    void all_others_are_published_and_they_are_when_they_are_repaired() throws IOException {
        Path first = damage("F13.java");
        Path second = damage("F31.java");
        try (Publisher publisher = publisher()) {
            assertCorrupt(publisher)
                    .hasMessageContaining("F13.java and 1 more files of " + MAIN)
                    .hasMessageContaining(git.run("rev-parse", "HEAD:F13.java"))
                    .hasMessageContaining("fsck");
            assertThat(published())
                    .hasSize(FILES - 2)
                    .containsKey("F34.java")
                    .doesNotContainKeys("F13.java", "F31.java");
            assertThat(rig.model().state(name, MAIN).getCommit()).isNull();

            repair("F13.java", first);
            assertCorrupt(publisher).hasMessageStartingWith("F31.java of " + MAIN);
            assertThat(published()).containsKey("F13.java");

            repair("F31.java", second);
            publisher.publish();
        }
        rig.assertPublished(name, git, MAIN);
    }

    @Test
    void attempts_in_vain_leave_nothing_on_the_log() throws IOException {
        Path aside = damage("F13.java");
        try (Publisher publisher = publisher()) {
            assertCorrupt(publisher);
            long end = rig.end();
            assertCorrupt(publisher);
            assertCorrupt(publisher);
            try (Publisher restarted = publisher()) {
                assertCorrupt(restarted);
                assertCorrupt(restarted);
            }
            assertThat(rig.end()).isEqualTo(end);
        }
        repair("F13.java", aside);
        try (Publisher publisher = publisher()) {
            publisher.publish();
        }
        rig.assertPublished(name, git, MAIN);
    }

    @Test
    void the_index_keeps_the_version_before_and_goes_on_with_the_one_after() throws IOException {
        try (Publisher publisher = publisher()) {
            publisher.publish();
            TreeEntry before = published().get("F13.java");
            git.write("F13.java", "class F13 { int damaged; }")
                    .write("F14.java", "class F14 { int sound; }");
            git.commit();
            damage("F13.java");
            assertCorrupt(publisher).hasMessageStartingWith("F13.java of " + MAIN);
            assertThat(published())
                    .containsEntry("F13.java", before)
                    .containsEntry("F14.java", git.javaFiles("HEAD").get("F14.java"));

            git.write("F13.java", "class F13 { int again; }");
            git.run("add", "-A");
            git.run("commit", "-q", "-m", "again");
            publisher.publish();
        }
        rig.assertPublished(name, git, MAIN);
    }

    @Test
    void a_publish_that_was_cut_off_is_not_waited_for_when_it_cannot_be_finished()
            throws IOException {
        PublishListener dies =
                new PublishListener() {
                    @Override
                    public void progressed(String name, String ref, int published, int total) {
                        if (published == 20) {
                            throw new IllegalStateException("killed");
                        }
                    }
                };
        try (Publisher killed = rig.publisher(tracked(name, git), SMALL_BATCHES, dies)) {
            assertThatThrownBy(killed::publish).hasMessage("killed");
        }
        damage("F31.java");
        git.write("F31.java", "class F31 { int again; }").delete("F15.java");
        git.commit();
        try (Publisher publisher = publisher()) {
            assertCorrupt(publisher);
            publisher.publish();
        }
        rig.assertPublished(name, git, MAIN);
    }

    @Test
    void other_refs_are_published() throws IOException {
        git.run("checkout", "-q", "-b", "broken");
        git.write("Broken.java", "class Broken {}").commit();
        Path aside = damage("Broken.java");
        git.run("symbolic-ref", "HEAD", MAIN);
        try (Publisher publisher = publisher("broken")) {
            assertCorrupt(publisher).hasMessageStartingWith("Broken.java of refs/heads/broken");
            rig.assertPublished(name, git, MAIN);
            Files.move(
                    aside,
                    git.looseObject(git.run("rev-parse", "broken:Broken.java")),
                    StandardCopyOption.REPLACE_EXISTING);
            publisher.publish();
        }
        rig.assertPublished(name, git, "refs/heads/broken");
    }

    @Test
    void a_partial_clone_is_published_once_it_has_what_it_lacks() {
        for (int i = 100; i < 250; i++) {
            git.write("many/F" + i + ".java", "class F" + i + " {}");
        }
        git.commit();
        git.run("config", "uploadpack.allowFilter", "true");
        GitFixture.at(temp)
                .run(
                        "clone",
                        "-q",
                        "--bare",
                        "--filter=blob:none",
                        "file://" + git.directory(),
                        "partial");
        GitFixture partial = GitFixture.at(temp.resolve("partial"));
        partial.run("config", "maintenance.auto", "false");
        long end = rig.end();
        try (Publisher publisher = rig.publisher(tracked(name, partial))) {
            assertCorrupt(publisher).hasMessageStartingWith("F10.java and 99 more files of ");
            assertThat(published()).isEmpty();
            assertThat(rig.end()).isEqualTo(end);
            partial.run("fetch", "-q", "--refetch", "--no-filter", "origin");
            publisher.publish();
        }
        rig.assertPublished(name, git, MAIN);
    }
}
