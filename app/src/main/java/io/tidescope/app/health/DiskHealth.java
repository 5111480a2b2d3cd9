package io.tidescope.app.health;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Whether there is room for what a process keeps: RocksDB stops to write on a full disk.
 *
 * @param directory where it keeps it
 * @param leastBytes what has to be free there
 */
public record DiskHealth(Path directory, long leastBytes) implements HealthCheck {
    /** Some minutes of a first import, and room for a compaction. */
    private static final long LEAST_BYTES = 1L << 30;

    public DiskHealth(Path directory) {
        this(directory, LEAST_BYTES);
    }

    @Override
    public List<String> problems() throws IOException {
        if (!Files.isWritable(directory)) {
            return List.of("%s cannot be written".formatted(directory));
        }
        long free = Files.getFileStore(directory).getUsableSpace();
        return free >= leastBytes
                ? List.of()
                : List.of(
                        "%,d MiB are free at %s, less than %,d"
                                .formatted(free >> 20, directory, leastBytes >> 20));
    }
}
