package io.tidescope.ingest.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.testing.Eventually;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

class GitCommandTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir Path temp;
    private GitFixture git;
    private Path pid;

    @BeforeEach
    void initRepository() {
        git = GitFixture.init(temp.resolve("work"));
        pid = temp.resolve("pid");
        // As ssh or a credential helper: a child of git that waits for somebody else.
        git.run("config", "alias.slow", "!sleep 1000 & echo $! > '" + pid + "'; wait");
    }

    private GitCommand command(Duration patience) {
        return new GitCommand(git.directory(), patience);
    }

    private ProcessHandle child() {
        Eventually.until(LIMIT, "git's child starts", () -> !read(pid).isEmpty());
        return ProcessHandle.of(Long.parseLong(read(pid))).orElseThrow();
    }

    private static String read(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file).strip() : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void what_git_started_ends_with_it_when_it_does_nothing() {
        CompletableFuture<ProcessHandle> child = CompletableFuture.supplyAsync(this::child);
        assertThatThrownBy(() -> command(Duration.ofSeconds(5)).run("slow"))
                .isInstanceOfSatisfying(
                        TideScopeException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE))
                .hasMessageContaining("git slow failed in " + git.directory())
                .hasMessageContaining("it did nothing for PT5S");
        Eventually.until(LIMIT, "git's child ends", () -> !child.join().isAlive());
    }

    @Test
    void an_interrupt_ends_git_and_what_it_started() throws Exception {
        CompletableFuture<Throwable> outcome = new CompletableFuture<>();
        Thread caller =
                Thread.ofPlatform()
                        .start(
                                () -> {
                                    try {
                                        outcome.complete(
                                                new AssertionError(command(LIMIT).run("slow")));
                                    } catch (TideScopeException e) {
                                        outcome.complete(e);
                                    }
                                });
        ProcessHandle child = child();
        caller.interrupt();
        assertThat(outcome.get(LIMIT.toSeconds(), TimeUnit.SECONDS))
                .hasMessageContaining("interrupted");
        Eventually.until(LIMIT, "git's child ends", () -> !child.isAlive());
    }

    @Test
    void a_failure_has_gits_own_words() {
        assertThatThrownBy(() -> command(LIMIT).run("rev-parse", "--verify", "nowhere"))
                .isInstanceOf(TideScopeException.class)
                .hasMessageContaining("fatal: Needed a single revision");
    }

    @Test
    void a_no_is_no_failure_where_it_may_be_one() {
        assertThat(command(LIMIT).find("config", "--get", "no.such")).isEmpty();
        assertThat(command(LIMIT).find("config", "--get", "gc.auto")).contains("0");
    }
}
