package io.tidescope.store.query;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;

class PathGlobsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "*.java | A.java | true",
                "*.java | src/A.java | false",
                "**/*.java | A.java | true",
                "**/*.java | src/main/A.java | true",
                "src/** | src/main/A.java | true",
                "src/** | srcs/A.java | false",
                "**/test/** | a/test/b/A.java | true",
                "**/test/** | a/latest/A.java | false",
                "?.java | A.java | true",
                "?.java | AB.java | false",
                "{src,test}/*.java | test/A.java | true",
                "{src,test}/*.java | main/A.java | false",
                "a+(b).java | a+(b).java | true",
                "a,b.java | a,b.java | true",
            })
    void matchesWholePaths(String glob, String path, boolean matches) {
        assertThat(PathGlobs.of("paths", List.of(glob)).matches(path)).isEqualTo(matches);
    }

    @Test
    void takesAPathThatOneOfSeveralMatches() {
        PathGlobs globs = PathGlobs.of("paths", List.of("a/*", "b/*"));

        assertThat(globs.matches("b/x")).isTrue();
        assertThat(globs.matches("c/x")).isFalse();
        assertThat(PathGlobs.ALL.matches("c/x")).isTrue();
    }
}
