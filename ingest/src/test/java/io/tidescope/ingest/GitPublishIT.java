package io.tidescope.ingest;

import static io.tidescope.ingest.LogRig.MAIN;
import static io.tidescope.ingest.LogRig.tracked;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidescope.ingest.git.GitFixture;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.schemas.event.Delete;
import io.tidescope.schemas.event.FileChange;
import io.tidescope.schemas.event.Upsert;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/** After every publish the log says exactly what git says, whatever was done to the repository. */
class GitPublishIT extends LogTest {
    private GitFixture git;
    private Publisher publisher;

    @BeforeEach
    void initRepository() {
        git = GitFixture.init(temp.resolve("work"));
        publisher = rig.publisher(tracked(name, git));
    }

    @AfterEach
    void closePublisher() {
        publisher.close();
    }

    private List<FileChange> publish() {
        publisher.publish();
        rig.assertPublished(name, git, MAIN);
        return rig.model().catchUp();
    }

    private List<FileChange> eventsOfPublish() {
        rig.model().catchUp();
        publisher.publish();
        List<FileChange> events = List.copyOf(rig.model().catchUp());
        rig.assertPublished(name, git, MAIN);
        return events;
    }

    private static List<String> paths(List<FileChange> events, Class<?> kind) {
        return events.stream()
                .filter(event -> kind.isInstance(event.getChange()))
                .map(FileChange::getPath)
                .sorted()
                .toList();
    }

    @Test
    void publishes_a_first_import_and_then_only_what_changed() {
        git.write("a/A.java", "class A {}").write("b/B.java", "class B {}").write("README", "r");
        git.commit();
        assertThat(paths(eventsOfPublish(), Upsert.class)).containsExactly("a/A.java", "b/B.java");

        git.write("b/B.java", "class B { int b; }").commit();
        List<FileChange> events = eventsOfPublish();
        assertThat(paths(events, Upsert.class)).containsExactly("b/B.java");
        assertThat(paths(events, Delete.class)).isEmpty();
        assertThat(events.getFirst().getSequence()).isEqualTo(2);
    }

    @Test
    void says_nothing_when_nothing_moved() {
        git.write("A.java", "class A {}").commit();
        publish();
        for (int i = 0; i < 10; i++) {
            assertThat(publisher.publish().published()).isEmpty();
        }
        assertThat(rig.model().catchUp()).isEmpty();
    }

    @Test
    void follows_renames_deletes_and_changes_of_case_and_mode() throws IOException {
        git.write("A.java", "class A {}").write("B.java", "class B {}").commit();
        publish();
        git.run("mv", "A.java", "C.java");
        git.commit();
        List<FileChange> renamed = eventsOfPublish();
        assertThat(paths(renamed, Delete.class)).containsExactly("A.java");
        assertThat(paths(renamed, Upsert.class)).containsExactly("C.java");

        git.run("mv", "C.java", "c.java");
        git.commit();
        publish();

        assertThat(git.directory().resolve("B.java").toFile().setExecutable(true)).isTrue();
        git.commit();
        assertThat(paths(eventsOfPublish(), Upsert.class)).containsExactly("B.java");

        Files.delete(git.directory().resolve("B.java"));
        git.commit();
        assertThat(paths(eventsOfPublish(), Delete.class)).containsExactly("B.java");
    }

    @Test
    void follows_files_that_become_links_submodules_directories_and_back() throws IOException {
        GitFixture other = GitFixture.init(temp.resolve("other"));
        other.write("O.java", "class O {}").commit();
        git.write("A.java", "class A {}")
                .write("B.java", "class B {}")
                .write("C.java", "class C {}");
        git.write("A.java.txt", "between A.java and A.java/ in git's order");
        git.commit();
        publish();

        Path a = git.directory().resolve("A.java");
        Files.delete(a);
        Files.createSymbolicLink(a, Path.of("B.java"));
        git.commit();
        publish();

        Files.delete(a);
        git.write("A.java/Inner.java", "class Inner {}");
        git.run("rm", "-q", "B.java");
        git.run(
                "-c",
                "protocol.file.allow=always",
                "submodule",
                "add",
                "-q",
                other.directory().toString(),
                "B.java");
        git.commit();
        publish();

        Files.delete(git.directory().resolve("A.java/Inner.java"));
        Files.delete(git.directory().resolve("A.java"));
        git.write("A.java", "class A { int again; }");
        git.run("rm", "-q", "-f", "B.java");
        git.write("B.java", "class B { int again; }").commit();
        publish();
    }

    @Test
    void follows_a_force_push_a_merge_and_an_empty_commit() {
        git.write("A.java", "class A {}").commit();
        git.write("A.java", "class A { int two; }").write("B.java", "class B {}").commit();
        publish();
        git.run("reset", "-q", "--hard", "HEAD~1");
        git.write("D.java", "class D {}").commit();
        publish();

        git.run("checkout", "-q", "-b", "side");
        git.write("S.java", "class S {}").commit();
        git.run("checkout", "-q", "main");
        git.write("M.java", "class M {}").commit();
        git.run("merge", "-q", "--no-ff", "-m", "merge", "side");
        publish();
        assertThat(rig.model().marker(name, MAIN).getAncestors()).hasSize(4);

        git.commit();
        assertThat(eventsOfPublish()).allMatch(event -> event.getPath().isEmpty());
    }

    @Test
    void deletes_everything_of_a_deleted_branch_and_publishes_it_again_when_it_is_back() {
        publisher.close();
        publisher = rig.publisher(tracked(name, git, "release"));
        git.write("A.java", "class A {}").commit();
        git.run("branch", "release");
        publish();
        rig.assertPublished(name, git, "refs/heads/release");

        git.run("branch", "-q", "-D", "release");
        publish();
        rig.assertGone(name, "refs/heads/release");
        assertThat(publisher.publish().published()).isEmpty();

        git.write("B.java", "class B {}").commit();
        git.run("branch", "release");
        publish();
        rig.assertPublished(name, git, "refs/heads/release");
        assertThat(rig.model().marker(name, "refs/heads/release").getSequence()).isEqualTo(3);
    }

    @Test
    void says_which_branch_is_the_default_when_that_changes() {
        GitFixture bare = GitFixture.init(temp.resolve("bare.git"), "--bare");
        git.write("A.java", "class A {}").commit();
        git.run("push", "-q", bare.directory().toString(), "main", "main:trunk");
        try (Publisher other = rig.publisher(tracked(name, bare))) {
            other.publish();
            rig.assertPublished(name, bare, MAIN);
            assertThat(rig.model().marker(name, MAIN).getDefaultRef()).isTrue();
            bare.run("symbolic-ref", "HEAD", "refs/heads/trunk");
            assertThat(other.publish().published())
                    .as("the one before gives up its place when it is taken")
                    .extracting(PublishedRef::ref)
                    .containsExactly("refs/heads/trunk", MAIN);
            rig.assertPublished(name, bare, MAIN);
            rig.assertPublished(name, bare, "refs/heads/trunk");
            assertThat(rig.model().marker(name, MAIN).getDefaultRef()).isFalse();
            assertThat(rig.model().marker(name, "refs/heads/trunk").getDefaultRef()).isTrue();
            assertThat(other.publish().published()).isEmpty();
        }
    }

    @Test
    void a_default_branch_stays_it_while_there_is_nothing_of_the_next() {
        GitFixture bare = GitFixture.init(temp.resolve("bare.git"), "--bare");
        git.write("A.java", "class A {}").commit();
        git.run("push", "-q", bare.directory().toString(), "main");
        try (Publisher other = rig.publisher(tracked(name, bare))) {
            other.publish();
            rig.assertPublished(name, bare, MAIN);
            bare.run("symbolic-ref", "HEAD", "refs/heads/trunk");
            assertThat(other.publish().published()).isEmpty();
            assertThat(rig.model().marker(name, MAIN).getDefaultRef()).isTrue();

            git.run("push", "-q", bare.directory().toString(), "main:trunk");
            other.publish();
            rig.assertPublished(name, bare, MAIN);
            rig.assertPublished(name, bare, "refs/heads/trunk");
            assertThat(rig.model().marker(name, MAIN).getDefaultRef()).isFalse();
            assertThat(rig.model().marker(name, "refs/heads/trunk").getDefaultRef()).isTrue();
        }
    }

    @Test
    void waits_for_the_first_commit_of_an_empty_repository() {
        assertThat(publisher.publish().published()).isEmpty();
        assertThat(rig.model().catchUp()).isEmpty();
        git.write("A.java", "class A {}").commit();
        publish();
    }

    @Test
    void publishes_paths_with_spaces_quotes_newlines_and_all_scripts_and_counts_the_nameless() {
        git.write("a b/\"q'.java", "class A {}")
                .write("line\nbreak.java", "class B {}")
                .write("größe/日本.java", "class C {}")
                .write("Empty.java", "");
        git.commit();
        String blob = git.run("hash-object", "-w", "größe/日本.java");
        Path nameless = temp.resolve("index-info");
        // A path in Latin-1, which no file system call of Java would write.
        byte[] line = ("100644 " + blob + "\tgr?n.java\0").getBytes(StandardCharsets.US_ASCII);
        line[line.length - 8] = (byte) 0xfc;
        updateIndex(nameless, line);
        git.run("commit", "-q", "-m", "nameless");
        publisher.publish();
        rig.model().catchUp();
        assertThat(rig.model().files(name, MAIN)).hasSize(4).containsKey("line\nbreak.java");
        assertThat(rig.model().marker(name, MAIN).getJavaFiles()).isEqualTo(4);
        assertThat(rig.model().marker(name, MAIN).getOtherFiles()).isEqualTo(1);
    }

    private void updateIndex(Path file, byte[] line) {
        try {
            Files.write(file, line);
            ProcessBuilder builder =
                    new ProcessBuilder("git", "update-index", "-z", "--index-info")
                            .directory(git.directory().toFile())
                            .redirectInput(file.toFile());
            assertThat(builder.start().waitFor()).isZero();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void says_why_a_file_is_too_large_and_carries_on() {
        byte[] noise = new byte[3 << 20];
        new Random(1).nextBytes(noise);
        git.write("Noise.java", noise)
                .write("Huge.java", new byte[50 << 20])
                .write("Long.java", "// ".repeat(1 << 20))
                .write("Small.java", "class Small {}");
        git.commit();
        List<FileChange> events = eventsOfPublish();
        assertThat(rejection(events, "Noise.java")).contains("1048576 when compressed");
        assertThat(rejection(events, "Huge.java")).contains("52428800 bytes");
        assertThat(rejection(events, "Long.java")).isNull();
        assertThat(rejection(events, "Small.java")).isNull();
    }

    private static String rejection(List<FileChange> events, String path) {
        return events.stream()
                .filter(event -> event.getPath().equals(path))
                .map(event -> (Upsert) event.getChange())
                .findFirst()
                .orElseThrow()
                .getRejection();
    }

    @Test
    void reads_what_was_published_from_the_log_when_git_has_forgotten_it() {
        for (int i = 0; i < 20; i++) {
            git.write("p/F" + i + ".java", "class F" + i + " {}");
        }
        git.commit();
        publish();
        git.run("checkout", "-q", "--orphan", "fresh");
        git.run("rm", "-q", "-r", "-f", "p/F3.java", "p/F4.java");
        git.write("p/F5.java", "class F5 { int changed; }").write("p/New.java", "class New {}");
        git.commit();
        git.run("branch", "-q", "-M", "fresh", "main");
        git.run("reflog", "expire", "--expire=now", "--all");
        git.run("gc", "-q", "--prune=now");
        List<FileChange> events = eventsOfPublish();
        assertThat(paths(events, Upsert.class)).containsExactly("p/F5.java", "p/New.java");
        assertThat(paths(events, Delete.class)).containsExactly("p/F3.java", "p/F4.java");
    }

    @Test
    void keeps_the_index_of_a_repository_that_was_moved_away() throws IOException {
        git.write("A.java", "class A {}").commit();
        publish();
        Path away = Files.move(git.directory(), temp.resolve("away"));
        assertThatThrownBy(publisher::publish)
                .isInstanceOfSatisfying(
                        TideScopeException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_FOUND))
                .hasMessageContaining(git.directory().toString());
        assertThat(rig.model().catchUp()).isEmpty();
        Files.move(away, git.directory());
        git.write("B.java", "class B {}").commit();
        publish();
    }

    @Test
    void tells_of_a_configured_ref_that_does_not_exist_after_publishing_the_others() {
        publisher.close();
        publisher = rig.publisher(tracked(name, git, "nowhere"));
        git.write("A.java", "class A {}").commit();
        assertThatThrownBy(publisher::publish)
                .isInstanceOf(TideScopeException.class)
                .hasMessageContaining("refs/heads/nowhere");
        rig.assertPublished(name, git, MAIN);
    }

    @Test
    void publishes_a_repository_with_sha256_ids() {
        GitFixture modern = GitFixture.init(temp.resolve("modern"), "--object-format=sha256");
        try (Publisher other = rig.publisher(tracked(name, modern))) {
            assertThat(other.publish().published()).isEmpty();
            modern.write("a/A.java", "class A {}").write("B.java", "class B {}").commit();
            other.publish();
            rig.assertPublished(name, modern, MAIN);
            modern.run("mv", "B.java", "C.java");
            modern.commit();
            other.publish();
            rig.assertPublished(name, modern, MAIN);
            assertThat(rig.model().marker(name, MAIN).getAncestors()).hasSize(1);
        }
    }
}
