package io.tidescope.parser.parse.pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tidescope.tree.match.Hole;
import io.tidescope.tree.match.Pattern;
import io.tidescope.tree.match.PatternException;
import io.tidescope.tree.match.PatternForm;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

class JavaPatternReaderTest {
    private final JavaPatternReader reader = new JavaPatternReader();

    /**
     * The patterns of {@code patterns.txt}, each with its form, the kinds of its roots, and its
     * holes: {@code NAME=KIND} for a node, {@code *NAME=KIND} for many, {@code NAME~KIND} for the
     * node's text, {@code _} for a name that is not captured.
     */
    static Stream<Arguments> patterns() throws IOException {
        try (InputStream stream =
                JavaPatternReaderTest.class.getResourceAsStream("/golden/patterns.txt")) {
            byte[] bytes = Objects.requireNonNull(stream).readAllBytes();
            List<String> lines = new String(bytes, StandardCharsets.UTF_8).lines().toList();
            return IntStream.range(0, lines.size() / 2)
                    .mapToObj(
                            i ->
                                    Arguments.of(
                                            lines.get(2 * i).replace("\\n", "\n"),
                                            lines.get(2 * i + 1).strip()));
        }
    }

    @ParameterizedTest
    @MethodSource("patterns")
    void aPatternHasItsFormAndHoles(String text, String expected) {
        String actual;
        try {
            actual = describe(reader.read(text));
        } catch (PatternException e) {
            actual = "ERROR " + e.offset() + " " + e.getMessage();
        }
        assertThat(actual).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  \n", "// nothing"})
    void aPatternIsNotEmpty(String text) {
        assertThatThrownBy(() -> reader.read(text)).hasMessage("the pattern is empty");
    }

    @Test
    @Timeout(60)
    void whatHasTooManyReadingsIsGivenUp() {
        String pattern = "(@A(".repeat(24) + "1" + "))".repeat(24);

        assertThatThrownBy(() -> reader.read(pattern))
                .isInstanceOf(PatternException.class)
                .hasMessageContaining("too many readings");
    }

    @Test
    void aPatternHasALongestLength() {
        String longest = "a".repeat(JavaPatternReader.LONGEST);
        assertThat(reader.read(longest).form()).isEqualTo(PatternForm.EXPRESSION);
        assertThat(refused(longest + "a").offset()).isEqualTo(JavaPatternReader.LONGEST);
    }

    @Test
    void bracketsNestToALimit() {
        int deepest = PatternTokens.DEEPEST;
        String text = "(".repeat(deepest) + "$A" + ")".repeat(deepest);
        assertThat(reader.read(text).nodeHoles()).hasSize(1);
        assertThat(refused("(" + text + ")").offset()).isEqualTo(deepest);
    }

    @ParameterizedTest
    @ValueSource(strings = {"!", "if (a) ", "() -> ", "A<", "@A ", "a + ", "a = ", "(A) ", "a ? "})
    void whatNestsWithoutBracketsIsRefusedSoon(String text) {
        int times = JavaPatternReader.LONGEST / text.length() - 1;
        assertThat(refused(text.repeat(times) + "a").getMessage()).isNotEmpty();
    }

    @Test
    void anErrorIsWhereTheGivenTextIsWrong() {
        String text = "{ \"äöü€\"; $$$A foo(); $$$B int 5; }";
        assertThat(refused(text).offset()).isEqualTo(text.indexOf('5'));
    }

    @Test
    void theTextIsAsItWasGiven() {
        String text = "if ($C) $$$B // rest";
        Pattern pattern = reader.read(text);
        assertThat(pattern.text()).isEqualTo(text);
        assertThat(pattern.tree().comments()).hasSize(1);
    }

    @Test
    void rootsAreNeighboursInOneList() {
        Pattern pattern = reader.read("foo($A); bar($$$B); return $A;");
        assertThat(pattern.roots()).hasSize(3);
        assertThat(pattern.roots().get(1))
                .isEqualTo(pattern.tree().subtreeEnd(pattern.roots().getFirst()));
    }

    private PatternException refused(String text) {
        PatternException refused =
                catchThrowableOfType(PatternException.class, () -> reader.read(text));
        assertThat(refused).isNotNull();
        return refused;
    }

    private static String describe(Pattern pattern) {
        var holes = new TreeMap<Integer, String>();
        pattern.nodeHoles()
                .forEach((node, hole) -> holes.put(node, describe(pattern, node, hole, "=")));
        pattern.textHoles()
                .forEach((node, hole) -> holes.put(node, describe(pattern, node, hole, "~")));
        String roots =
                pattern.roots().stream()
                        .map(root -> pattern.tree().kind(root).name())
                        .collect(Collectors.joining(" "));
        return pattern.form()
                + " "
                + roots
                + (holes.isEmpty() ? "" : " | " + String.join(" ", holes.values()));
    }

    private static String describe(Pattern pattern, int node, Hole hole, String what) {
        return (hole.many() ? "*" : "")
                + (hole.captures() ? hole.name() : "_")
                + what
                + pattern.tree().kind(node);
    }
}
