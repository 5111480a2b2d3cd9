package io.tidescope.app.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The checks of the compiler are on: what they must refuse does not build under the root pom. */
final class CompilerCanaryTest {
    @TempDir private Path target;

    @Test
    @Timeout(180)
    void nullAwayAndErrorProneRefuseTheCanary() throws Exception {
        Build build = build();
        assertThat(build.exit()).isNotZero();
        assertThat(build.output())
                .contains("Refused.java", "[NullAway] returning @Nullable expression")
                .contains("[DeadException]");
    }

    private Build build() throws IOException, InterruptedException {
        Process maven =
                new ProcessBuilder(
                                Path.of(System.getProperty("maven.home"), "bin", "mvn").toString(),
                                "-B",
                                "-ntp",
                                "-o",
                                "-Dmaven.repo.local=" + System.getProperty("maven.repo.local"),
                                "-Dcanary.directory=" + target,
                                "-f",
                                "src/test/canary/pom.xml",
                                "compile")
                        .redirectErrorStream(true)
                        .start();
        String output = new String(maven.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Build(maven.waitFor(), output);
    }

    private record Build(int exit, String output) {}
}
