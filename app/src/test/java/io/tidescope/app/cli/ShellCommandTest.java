package io.tidescope.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidescope.schemas.TideScopeException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;

@Timeout(60)
final class ShellCommandTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir private Path directory;

    @Test
    void theShellRunsIt() throws Exception {
        Path made = directory.resolve("made");

        new ShellCommand("mkdir '%s' && cat".formatted(made), PATIENCE).run(() -> true);

        assertThat(made).isDirectory();
    }

    @Test
    void oneThatFailsIsTold() {
        assertThatThrownBy(() -> new ShellCommand("exit 7", PATIENCE).run(() -> true))
                .isInstanceOf(TideScopeException.class)
                .hasMessageContaining("'exit 7' ended with 7");
    }

    @Test
    void oneThatTakesTooLongIsEnded() {
        assertThatThrownBy(() -> new ShellCommand("sleep 600", Duration.ZERO).run(() -> true))
                .hasMessageContaining("took longer than 0 seconds");
    }

    @Test
    void oneIsEndedWhenItIsStopped() {
        assertThatThrownBy(() -> new ShellCommand("sleep 600", PATIENCE).run(() -> false))
                .hasMessageContaining("was stopped");
    }
}
