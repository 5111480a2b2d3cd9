package io.tidescope.ingest.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

class CommandRepositoryTest extends GitRepositoryContract {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    @Override
    String objectFormat() {
        return "sha256";
    }

    private GitFixture repository() {
        return GitFixture.init(temp.resolve("modern"), "--object-format=sha256");
    }

    @Test
    void a_git_that_hangs_over_an_object_is_ended_and_others_are_read() throws Exception {
        GitFixture git = repository();
        git.write("A.java", "class A {}").write("B.java", "class B {}").commit();
        String stuck = git.run("rev-parse", "HEAD:A.java");
        Path pipe = git.looseObject(stuck);
        Files.delete(pipe);
        // As a file system that does not answer: opening it waits for ever.
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
        try (GitRepository repository = CommandRepository.open(git.directory(), PATIENCE)) {
            assertThatThrownBy(() -> repository.read(stuck, 100))
                    .isInstanceOfSatisfying(
                            TideScopeException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE))
                    .hasMessageContaining("did nothing for PT2S");
            assertThat(repository.read(git.run("rev-parse", "HEAD:B.java"), 100).content())
                    .asString(StandardCharsets.UTF_8)
                    .isEqualTo("class B {}");
        }
    }

    @Test
    void a_difference_may_take_as_long_as_its_reader_does() {
        GitFixture git = repository();
        // More than fits into the pipe, so that git waits for the reader.
        for (int i = 0; i < 3_000; i++) {
            git.write("F" + i + ".java", "");
        }
        String tip = git.commit();
        List<TreeChange> changes = new ArrayList<>();
        try (GitRepository repository = CommandRepository.open(git.directory(), PATIENCE)) {
            repository.diff(
                    null,
                    tip,
                    change -> {
                        changes.add(change);
                        if (changes.size() == 1) {
                            LockSupport.parkNanos(PATIENCE.multipliedBy(2).toNanos());
                        }
                    });
        }
        assertThat(changes).hasSize(3_000);
    }

    /** The ref could be among those whose names were not heard, and would be taken for deleted. */
    @Test
    void refs_of_which_git_complains_too_much_are_unreadable() throws IOException {
        GitFixture git = repository();
        git.write("A.java", "class A {}").commit();
        Path refs = Files.createDirectories(git.directory().resolve(".git/refs/heads/release"));
        for (int i = 0; i < 200; i++) {
            Files.writeString(refs.resolve("of-which-nobody-knows-the-commit-" + i), "?\n");
        }
        try (GitRepository repository = GitRepository.open(git.directory())) {
            assertThatThrownBy(() -> repository.tips(Set.of("refs/heads/release")))
                    .isInstanceOf(TideScopeException.class)
                    .hasMessageContaining("complains more");
            assertThat(repository.tips(Set.of("refs/heads/main")).commits()).isNotEmpty();
        }
    }

    @Test
    void nothing_is_fetched_for_a_partial_clone() throws IOException {
        GitFixture git = repository();
        git.write("A.java", "class A {}").commit();
        git.run("config", "uploadpack.allowFilter", "true");
        String blob = git.run("rev-parse", "HEAD:A.java");
        GitFixture.at(temp)
                .run(
                        "clone",
                        "-q",
                        "--bare",
                        "--filter=blob:none",
                        "file://" + git.directory(),
                        "partial");
        try (GitRepository repository = GitRepository.open(temp.resolve("partial"))) {
            assertThatThrownBy(() -> repository.read(blob, 100))
                    .isInstanceOf(TideScopeException.class)
                    .hasMessageContaining("partial clone");
        }
    }
}
