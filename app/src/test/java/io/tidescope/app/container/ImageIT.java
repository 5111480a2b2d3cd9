package io.tidescope.app.container;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What the image promises to whoever runs it. */
@Tag(Docker.TESTS)
@Timeout(1200)
final class ImageIT {
    private static final long LARGEST_BYTES = 400_000_000;

    @BeforeAll
    static void build() {
        TideScopeImage.build();
    }

    @Test
    void isSmall() {
        long bytes = Long.parseLong(inspect("{{.Size}}"));

        System.out.printf("The image has %d MB.%n", bytes / 1_000_000);
        assertThat(bytes).isLessThanOrEqualTo(LARGEST_BYTES);
    }

    @Test
    void runsAsAUserThatIsNotRoot() {
        assertThat(inspect("{{.Config.User}}")).isEqualTo("10001:10001");
        assertThat(run("--entrypoint", "id", TideScopeImage.NAME, "-u").orFail().strip())
                .isEqualTo("10001");
    }

    @Test
    void runsOnAReadOnlyRootFileSystemWithItsOwnJava() {
        assertThat(run(TideScopeImage.NAME, "--version").orFail())
                .startsWith("tidescope ")
                .contains("Java 25");
    }

    @Test
    void hasAHealthCheckThatSaysWhyARoleIsNotReady() {
        assertThat(inspect("{{.Config.Healthcheck.Test}}")).contains("/opt/tidescope/healthy");

        Docker.Ended unhealthy = run("--entrypoint", "/opt/tidescope/healthy", TideScopeImage.NAME);

        assertThat(unhealthy.exit()).isEqualTo(1);
        assertThat(unhealthy.output()).contains("nobody listens at");
    }

    @Test
    void unpacksNativeLibrariesWhenItIsBuiltAndNotWhenItRuns() {
        assertThat(run("--entrypoint", "ls", TideScopeImage.NAME, "/opt/tidescope/native").orFail())
                .contains("librocksdbjni-linux", "libzstd-jni", "libsnappyjava", "liblz4-java");
    }

    @Test
    void refusesARoleThatIsNotConfiguredWithAllReasons() {
        Docker.Ended refused = run(TideScopeImage.NAME, "store");

        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.output()).contains("kafka.bootstrap", "node.id", "store.directory");
    }

    private static String inspect(String format) {
        return Docker.docker("image", "inspect", "--format", format, TideScopeImage.NAME)
                .orFail()
                .strip();
    }

    /** Runs it as hardened as it should be run. */
    private static Docker.Ended run(String... arguments) {
        List<String> command =
                new ArrayList<>(
                        List.of("run", "--rm", "--read-only", "--tmpfs", "/tmp", "--cap-drop"));
        command.add("ALL");
        command.addAll(Arrays.asList(arguments));
        return Docker.docker(command.toArray(String[]::new));
    }
}
