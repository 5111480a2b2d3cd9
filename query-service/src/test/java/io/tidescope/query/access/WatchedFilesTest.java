package io.tidescope.query.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;

class WatchedFilesTest {
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private Instant now = Instant.parse("2026-11-27T12:00:00Z");
    private boolean readable = true;
    private @Nullable RuntimeException defect;
    private int reads;

    @TempDir private Path directory;
    private Path one;
    private Path other;

    @BeforeEach
    void write() throws IOException {
        one = Files.writeString(directory.resolve("one"), "1");
        other = Files.writeString(directory.resolve("other"), "a");
    }

    @Test
    void filesAreReadAgainWhenOneOfThemHasChanged() throws IOException {
        WatchedFiles<String> files = files();
        assertThat(files.current()).isEqualTo("1a");

        Files.writeString(other, "bc");
        assertThat(files.current()).as("within a second").isEqualTo("1a");
        now = now.plusSeconds(1);

        assertThat(files.current()).isEqualTo("1bc");
        now = now.plusSeconds(1);
        assertThat(files.current()).isEqualTo("1bc");
        assertThat(reads).isEqualTo(2);
    }

    /** As volumes of secrets are replaced. */
    @Test
    void aFileThatIsReplacedByOneOfTheSameSizeAndTimeIsAnotherOne() throws IOException {
        WatchedFiles<String> files = files();
        Path next = Files.writeString(directory.resolve("next"), "2");
        Files.setLastModifiedTime(next, Files.getLastModifiedTime(one));
        Files.move(next, one, StandardCopyOption.REPLACE_EXISTING);
        now = now.plusSeconds(1);

        assertThat(files.current()).isEqualTo("2a");
    }

    @Test
    void filesThatCannotBeUsedChangeNothingAndAreToldOf() throws IOException {
        WatchedFiles<String> files = files();
        assertThat(unusable()).isZero();

        Files.delete(one);
        now = now.plusSeconds(1);
        assertThat(unusable()).isEqualTo(1);
        assertThat(files.current()).isEqualTo("1a");

        Files.writeString(one, "2");
        now = now.plusSeconds(1);
        assertThat(files.current()).isEqualTo("2a");
        assertThat(unusable()).isZero();
    }

    @Test
    void whatNoChangeShowsIsTriedAgain() throws IOException {
        WatchedFiles<String> files = files();
        Files.writeString(one, "23");
        readable = false;
        now = now.plusSeconds(1);
        assertThat(files.current()).isEqualTo("1a");

        readable = true;
        now = now.plusSeconds(1);
        assertThat(files.current()).isEqualTo("23a");
    }

    @Test
    void whatNobodyExpectedIsToldOfAsWell() throws IOException {
        WatchedFiles<String> files = files();
        defect = new IllegalArgumentException("a piece of the file");
        Files.writeString(one, "23");
        now = now.plusSeconds(1);

        assertThat(files.current()).isEqualTo("1a");
        assertThat(unusable()).isEqualTo(1);

        defect = null;
        now = now.plusSeconds(1);
        assertThat(files.current()).isEqualTo("23a");
    }

    @Test
    void atTheStartTheyAreRefused() {
        readable = false;

        assertThatThrownBy(this::files).isInstanceOf(TideScopeException.class);
    }

    private double unusable() {
        return meters.get("tide_scope_ast_files_unusable").tag("files", "both").gauge().value();
    }

    private WatchedFiles<String> files() {
        return new WatchedFiles<>("both", List.of(one, other), this::read, () -> now, meters);
    }

    private String read() {
        reads++;
        if (defect != null) {
            throw defect;
        }
        try {
            if (readable) {
                return Files.readString(one) + Files.readString(other);
            }
        } catch (IOException e) {
            // As if it were unreadable.
        }
        throw new TideScopeException(ErrorCode.PRECONDITION_FAILED, "they cannot be read");
    }
}
