package io.tidescope.app.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A clock of one process that can be set while it runs, by libfaketime where that is there. */
final class FakeClock {
    private static final List<Path> LIBRARIES =
            List.of(
                    Path.of("/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1"),
                    Path.of("/usr/lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1"),
                    Path.of("/usr/lib/faketime/libfaketimeMT.so.1"));

    private final Path file;

    /**
     * @param file says how wrong the clock is
     */
    FakeClock(Path file) {
        this.file = file;
        jump(Duration.ZERO);
    }

    private static Optional<Path> library() {
        return LIBRARIES.stream().filter(Files::exists).findFirst();
    }

    static boolean isAvailable() {
        return library().isPresent();
    }

    /** Of a process that has this clock. */
    Map<String, String> environment() {
        return Map.of(
                "LD_PRELOAD", library().orElseThrow().toString(),
                "FAKETIME_TIMESTAMP_FILE", file.toString(),
                "FAKETIME_CACHE_DURATION", "1",
                // Timeouts are measured by another clock, which no one sets.
                "FAKETIME_DONT_FAKE_MONOTONIC", "1",
                "DONT_FAKE_MONOTONIC", "1");
    }

    /** Sets it so far from the real time; it is noticed within a second. */
    void jump(Duration by) {
        try {
            Files.writeString(file, "%+d\n".formatted(by.toSeconds()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
