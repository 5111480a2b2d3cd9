package io.tidescope.testing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.stream.Stream;

class CorpusTest {
    private final Corpus corpus = Corpus.open();

    @Test
    void holdsAtLeastFiveThousandRealFilesAndAMillionLines() {
        long[] lines = {0};
        long count;
        try (Stream<SourceFile> files = corpus.files()) {
            count = files.peek(file -> lines[0] += newlines(file.content())).count();
        }
        assertThat(count).isGreaterThan(5_000);
        assertThat(lines[0]).isGreaterThan(1_000_000);
    }

    @Test
    void releasesComeFromTheOldestToTheNewest() {
        assertThat(corpus.versions("commons-lang3")).startsWith("3.9", "3.10").endsWith("3.17.0");
        assertThat(corpus.releases("gson", 2))
                .extracting(Release::version)
                .containsExactly("2.11.0", "2.12.1");
    }

    @Test
    void aSampleIsSpreadOverAllLibraries() {
        List<SourceFile> sample = corpus.sample(500);
        assertThat(sample).hasSize(500);
        assertThat(sample.stream().map(file -> file.path().split("/")[0]).distinct().sorted())
                .containsExactlyElementsOf(corpus.libraries());
    }

    private static int newlines(byte[] content) {
        int lines = 0;
        for (byte b : content) {
            if (b == '\n') {
                lines++;
            }
        }
        return lines;
    }
}
