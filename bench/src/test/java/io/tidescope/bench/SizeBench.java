package io.tidescope.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

/**
 * What the store takes on disk for each byte of source.
 *
 * <p>Method: import, stop as Ctrl-C does, have RocksDB compact everything, add up the files of each
 * column family. The ratio is to the bytes of the files that were imported.
 */
class SizeBench {
    @TempDir Path directory;

    @Test
    void ofASearchCorpus() {
        Report report = new Report("size");
        SearchCorpus code = SearchCorpus.read();
        long source = code.bytes();
        StoreSizes sizes;
        try (RunningIndex index =
                new RunningIndex(
                        directory.resolve("data"), code.commit(directory.resolve("code")))) {
            assertThat(index.process().stop()).isZero();
            sizes = StoreSizes.compacted(index.data().resolve("store"));
        }
        long all = sizes.bytes();
        report.line("%,d lines, %,d bytes of source", code.lines(), source);
        sizes.families()
                .forEach(
                        (family, bytes) ->
                                report.line(
                                        "%s: %,d bytes, %.3f",
                                        family, bytes, (double) bytes / source));
        report.line("everything: %,d bytes, ratio to the source %.3f", all, (double) all / source);
    }
}
