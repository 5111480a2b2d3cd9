package io.tidescope.parser.parse;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.List;

class SampleSourcesTest {
    @Test
    void areThereAndParseWithoutAProblemAsMostSourcesDo() {
        List<byte[]> sources = SampleSources.read();

        assertThat(sources).hasSizeGreaterThanOrEqualTo(11);
        assertThat(sources)
                .allSatisfy(
                        source ->
                                assertThat(
                                                JavaSourceParser.parseCondensed(
                                                        source, new Cancellation()))
                                        .isNotNull());
    }
}
