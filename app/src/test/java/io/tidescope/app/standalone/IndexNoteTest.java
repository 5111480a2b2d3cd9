package io.tidescope.app.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

final class IndexNoteTest {
    @TempDir private Path directory = Path.of("");

    @Test
    void aDirectoryWithoutANoteHasTheFirstIndex() throws IOException {
        assertThat(IndexNote.read(directory)).isEqualTo(new IndexNote("", null));
    }

    @Test
    void aReplayIsNotedStepByStep() throws IOException {
        IndexNote begun = IndexNote.FIRST.begun();
        assertThat(begun).isEqualTo(new IndexNote("", "1"));
        assertThat(begun.switched()).isEqualTo(new IndexNote("1", ""));
        assertThat(begun.switched().alone()).isEqualTo(new IndexNote("1", null));
        assertThat(begun.switched().alone().begun()).isEqualTo(new IndexNote("1", "2"));

        for (IndexNote note : new IndexNote[] {begun, begun.switched(), begun.switched().alone()}) {
            note.write(directory);
            assertThat(IndexNote.read(directory)).isEqualTo(note);
        }
        try (var entries = Files.list(directory)) {
            assertThat(entries).containsExactly(directory.resolve("index"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "beside=1", "live=../store", "live=1\nbeside=a/b"})
    void aNoteThatSaysNothingOfUseIsRefused(String text) throws IOException {
        Files.writeString(directory.resolve("index"), text);

        assertThatThrownBy(() -> IndexNote.read(directory))
                .isInstanceOfSatisfying(
                        TideScopeException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.CORRUPT));
    }
}
