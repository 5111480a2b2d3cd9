package io.tidescope.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidescope.testing.TideScopeProcess;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Commands that end by themselves, run through the launcher as a user does. */
final class Launcher {
    private static final long LIMIT_SECONDS = 90;

    private Launcher() {}

    /** Runs a command in a directory. */
    static Ended run(Path directory, String... arguments) throws Exception {
        Path output = Files.createTempFile("tidescope", ".out");
        List<String> command = new ArrayList<>();
        command.add(System.getProperty(TideScopeProcess.LAUNCHER_PROPERTY, "./tidescope"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .directory(directory.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile());
        builder.environment().put("TIDESCOPE_BUILD", "never");
        Process process = builder.start();
        try {
            assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS))
                    .as("%s ends", command)
                    .isTrue();
            return new Ended(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
        } finally {
            process.destroyForcibly();
            Files.delete(output);
        }
    }

    /** What a command ended with. */
    record Ended(int exit, String output) {}
}
