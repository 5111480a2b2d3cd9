package io.tidescope.app.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;

import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;

final class DataDirectoryTest {
    @TempDir private Path temporary;

    @Test
    void isMadeAndKeptOutOfGit() throws Exception {
        Path root = temporary.resolve("new/.tidescope");
        DataDirectory.open(root).close();
        assertThat(root.resolve(".gitignore")).hasContent("*");
        assertThat(root.resolve("VERSION")).hasContent("1");
        assertThat(root.resolve("logs")).isDirectory();
    }

    @Test
    void canBeOpenedAgainOnceClosed() {
        Path root = temporary.resolve("data");
        DataDirectory.open(root).close();
        DataDirectory.open(root).close();
    }

    @Test
    void isHeldByOneAtATimeAndNamesTheHolder() {
        Path root = temporary.resolve("data");
        try (DataDirectory held = DataDirectory.open(root)) {
            assertRefused(root, ErrorCode.PRECONDITION_FAILED)
                    .withMessageContaining(held.root().toString())
                    .withMessageContaining("process " + ProcessHandle.current().pid());
        }
    }

    @Test
    void refusesAnotherVersion() throws Exception {
        Path root = temporary.resolve("data");
        DataDirectory.open(root).close();
        Files.writeString(root.resolve("VERSION"), "7\n");
        assertRefused(root, ErrorCode.UNSUPPORTED_VERSION)
                .withMessageContaining("format 7")
                .withMessageContaining("reads format 1");
    }

    @Test
    void takesTheRootOfAFileSystemThatIsEmpty() throws Exception {
        Files.createDirectory(temporary.resolve("lost+found"));
        DataDirectory.open(temporary).close();
    }

    @Test
    void refusesADirectoryOfSomethingElse() throws Exception {
        Files.writeString(temporary.resolve("thesis.tex"), "text");
        assertRefused(temporary, ErrorCode.PRECONDITION_FAILED)
                .withMessageContaining("not a TideScope data directory");
        assertThat(temporary.resolve("logs")).doesNotExist();
    }

    @Test
    void refusesAFile() throws Exception {
        Path file = Files.writeString(temporary.resolve("file"), "text");
        assertRefused(file, ErrorCode.PRECONDITION_FAILED).withMessageContaining("not a directory");
    }

    @Test
    void survivesAFirstStartThatWasKilledBeforeTheVersionWasWritten() throws Exception {
        Path root = temporary.resolve("data");
        DataDirectory.open(root).close();
        Files.delete(root.resolve("VERSION"));
        Files.delete(root.resolve(".gitignore"));
        DataDirectory.open(root).close();
        assertThat(root.resolve("VERSION")).hasContent("1");
    }

    private static ThrowableAssertAlternative<TideScopeException> assertRefused(
            Path root, ErrorCode code) {
        return assertThatExceptionOfType(TideScopeException.class)
                .isThrownBy(() -> DataDirectory.open(root).close())
                .matches(refusal -> refusal.code() == code, "has code " + code);
    }
}
