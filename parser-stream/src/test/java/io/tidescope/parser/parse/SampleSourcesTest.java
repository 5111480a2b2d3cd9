package io.tidescope.parser.parse;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.List;

class SampleSourcesTest {
    @Test
    void areThereAndParseWithoutAProblem() {
        List<byte[]> sources = SampleSources.read();

        assertThat(sources).hasSizeGreaterThanOrEqualTo(10);
        assertThat(sources)
                .allSatisfy(
                        source ->
                                assertThat(new JavaSourceParser().parse(source))
                                        .isInstanceOfSatisfying(
                                                ParseResult.Parsed.class,
                                                parsed -> assertThat(parsed.problems()).isEmpty()));
    }
}
