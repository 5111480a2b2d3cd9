package io.tidescope.query.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidescope.parser.parse.pattern.JavaPatternReader;
import io.tidescope.tree.match.PatternException;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

class RecentPatternsTest {
    private final List<String> read = new ArrayList<>();
    private final JavaPatternReader reader = new JavaPatternReader();
    private final RecentPatterns patterns =
            new RecentPatterns(
                    text -> {
                        read.add(text);
                        return reader.read(text);
                    });

    @Test
    void whatWasReadAShortWhileAgoIsNotReadAgain() throws Exception {
        RecentPatterns.Ready first = patterns.read("$A.equals($B)");

        assertThat(patterns.read("$A.equals($B)")).isSameAs(first);
        assertThat(patterns.read("$A.equals($A)")).isNotEqualTo(first);
        assertThat(read).containsExactly("$A.equals($B)", "$A.equals($A)");
    }

    @Test
    void whatIsNoPatternIsRefusedEachTime() {
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> patterns.read("a +")).isInstanceOf(PatternException.class);
        }
        assertThat(read).hasSize(2);
    }

    @Test
    void onlyAFewAreKeptAndNoneThatIsLong() throws Exception {
        String longOne = "a(" + "b, ".repeat(1_000) + "c)";
        patterns.read(longOne);
        patterns.read(longOne);
        assertThat(read).hasSize(2);

        patterns.read("first()");
        for (int i = 0; i < 300; i++) {
            patterns.read("p" + i);
        }
        read.clear();
        patterns.read("p299");
        patterns.read("first()");
        assertThat(read).containsExactly("first()");
    }
}
