package io.tidescope.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.Map;

/**
 * What the store takes on disk for each byte of source.
 *
 * <p>Method: import, stop as Ctrl-C does, have RocksDB compact everything, add up the files of each
 * column family. The ratio is to the bytes of the files that were imported.
 */
class SizeBench {
    @TempDir Path directory;

    @Test
    void ofAMillionLines() {
        Report report = new Report("size");
        MillionLines code = MillionLines.read();
        long source = code.contents().stream().mapToLong(content -> content.length).sum();
        Map<String, Long> sizes;
        try (RunningIndex million =
                new RunningIndex(
                        directory.resolve("data"), code.commit(directory.resolve("million")))) {
            assertThat(million.process().stop()).isZero();
            sizes = StoreSizes.compacted(million.data().resolve("store"));
        }
        long all = sizes.values().stream().mapToLong(Long::longValue).sum();
        report.line("%,d lines, %,d bytes of source", code.lines(), source);
        sizes.forEach(
                (family, bytes) ->
                        report.line("%s: %,d bytes, %.3f", family, bytes, (double) bytes / source));
        report.line("everything: %,d bytes, ratio to the source %.3f", all, (double) all / source);
    }
}
