package io.tidescope.parser.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Expected outputs that stand beside their inputs in {@code src/test/resources/golden}. Run the
 * tests with {@code -Dgolden=rewrite} to write what is there now, and read the difference.
 */
final class Golden {
    private static final Path DIRECTORY = Path.of("src", "test", "resources", "golden");

    private Golden() {}

    static byte[] input(String name) throws IOException {
        return Files.readAllBytes(DIRECTORY.resolve(name));
    }

    static void check(String name, String actual) throws IOException {
        Path file = DIRECTORY.resolve(name);
        if ("rewrite".equals(System.getProperty("golden"))) {
            Files.writeString(file, actual);
        }
        assertThat(actual).isEqualTo(Files.readString(file, StandardCharsets.UTF_8));
    }
}
