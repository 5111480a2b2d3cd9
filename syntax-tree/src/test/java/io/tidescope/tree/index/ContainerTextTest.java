package io.tidescope.tree.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidescope.tree.ByteReader;
import io.tidescope.tree.ByteWriter;
import io.tidescope.tree.MalformedTreeException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContainerTextTest {
    private static final String PATH = "core/src/main/java/org/acme/Tide.java";

    @ParameterizedTest
    @CsvSource({
        "org.acme, 3",
        "org.acme.Tide, 3",
        "org.acme.Tide.Pool, 8",
        "org.acme.Tidewater, 13",
        "org.acme.Tide.flood(), 11",
        "org.other, 9",
        "com.acme, 11",
        "Tide, 3",
        "'', 3",
        "core/src, 11",
    })
    void comesBackAndTakesOnlyWhatThePathHasNot(String container, int bytes) {
        byte[] stored = stored(container, PATH);
        assertThat(stored).hasSize(bytes);
        assertThat(ContainerText.read(new ByteReader(stored, 0), PATH)).isEqualTo(container);
    }

    @Test
    void isSharedUpToWholeNamesOnly() {
        // One half of a character is none: two characters of the same first half are not shared.
        String path = "a/\ud840\udc00/A.java";
        String container = "\ud840\udc01.B";
        assertThat(ContainerText.read(new ByteReader(stored(container, path), 0), path))
                .isEqualTo(container);
    }

    @Test
    void outOfAnotherPathIsRefused() {
        assertThatThrownBy(
                        () ->
                                ContainerText.read(
                                        new ByteReader(stored("org.acme", PATH), 0), "Tide.java"))
                .isInstanceOf(MalformedTreeException.class);
    }

    private static byte[] stored(String container, String path) {
        ByteWriter writer = new ByteWriter(8);
        ContainerText.write(writer, container, path);
        return writer.toArray();
    }
}
