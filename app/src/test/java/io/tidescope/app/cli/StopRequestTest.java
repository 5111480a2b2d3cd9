package io.tidescope.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A signal, for which it takes a process of its own. */
@Timeout(60)
final class StopRequestTest {
    private static final int TERMINATED = 128 + 15;

    @Test
    void givesBackWhatWasDone() throws Exception {
        String done =
                StopRequest.during(
                        allowed -> allowed.getAsBoolean() ? "done" : "stopped", "stopped");

        assertThat(done).isEqualTo("done");
    }

    @Test
    void aSignalStopsTheWorkAndTheProcessEndsWhenThatHasStopped() throws Exception {
        Process process =
                new ProcessBuilder(
                                List.of(
                                        Path.of(System.getProperty("java.home"), "bin", "java")
                                                .toString(),
                                        "-cp",
                                        System.getProperty("java.class.path"),
                                        Working.class.getName()))
                        .start();
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
                BufferedReader err = process.errorReader(StandardCharsets.UTF_8)) {
            assertThat(out.readLine()).isEqualTo("working");
            // By its handle: a process closes its streams itself.
            process.toHandle().destroy();
            assertThat(out.readLine()).isEqualTo("put away");
            assertThat(err.lines().toList()).contains("Stopping ...", "the same goes on");
            assertThat(out.readLine()).isNull();
            assertThat(process.waitFor()).isEqualTo(TERMINATED);
        } finally {
            process.destroyForcibly();
        }
    }

    /** Works until it is asked to stop, and takes a moment for that. */
    static final class Working {
        private Working() {}

        public static void main(String[] arguments) throws Exception {
            StopRequest.during(
                    allowed -> {
                        System.out.println("working");
                        while (allowed.getAsBoolean()) {
                            awaitMillis(10);
                        }
                        awaitMillis(100);
                        System.out.println("put away");
                        throw new IOException("stopped");
                    },
                    "the same goes on");
        }

        private static void awaitMillis(long millis) throws InterruptedException {
            new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS);
        }
    }
}
