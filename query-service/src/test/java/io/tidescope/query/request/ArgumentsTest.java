package io.tidescope.query.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidescope.schemas.TideScopeException;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

class ArgumentsTest {
    private enum Color {
        RED,
        LIGHT_BLUE
    }

    private static final Parameter<String> NAME = Parameter.required("name", new Text(5));
    private static final Parameter<Integer> LIMIT =
            Parameter.defaulted("limit", new WholeNumber(1, 1000), "100").besideTheQuestion();
    private static final Parameter<Duration> WAIT =
            Parameter.optional("wait", new Span(Duration.ofSeconds(30)));
    private static final Parameter<Set<Color>> COLOR =
            Parameter.optional("color", Choice.of(Color.class).several());
    private static final Parameter<Color> ONE =
            Parameter.defaulted("one", Choice.of(Color.class), "red");
    private static final Parameter<RepositoryRevision> REVISION =
            Parameter.optional("min_revision", RepositoryRevision.FORM);
    private static final Parameter<String> REF = Parameter.optional("ref", new RefName(false));
    private static final List<Parameter<?>> DECLARED =
            List.of(NAME, LIMIT, WAIT, COLOR, ONE, REVISION, REF);

    @Test
    void givesValuesAndDefaults() {
        Arguments arguments = read("name", "a", "wait", "500ms");

        assertThat(arguments.read(NAME)).isEqualTo("a");
        assertThat(arguments.read(LIMIT)).isEqualTo(100);
        assertThat(arguments.read(ONE)).isEqualTo(Color.RED);
        assertThat(arguments.find(WAIT)).hasValue(Duration.ofMillis(500));
        assertThat(arguments.find(COLOR)).isEmpty();
    }

    @Test
    void takesSeveralChoicesRepeatedOrJoined() {
        Map<String, List<String>> given =
                Map.of("name", List.of("a"), "color", List.of("red", "light_blue,red"));

        assertThat(Arguments.read(DECLARED, given).find(COLOR))
                .hasValue(Set.of(Color.RED, Color.LIGHT_BLUE));
    }

    @Test
    void readsARevisionWithAndWithoutItsRepository() {
        String commit = "AB".repeat(20);

        assertThat(read("name", "a", "min_revision", commit).find(REVISION))
                .hasValue(new RepositoryRevision(null, "ab".repeat(20)));
        assertThat(read("name", "a", "min_revision", "o@x/n@" + commit).find(REVISION))
                .hasValue(new RepositoryRevision("o@x/n", "ab".repeat(20)));
    }

    @Test
    void takesANameForABranchUnlessItIsAFullRef() {
        assertThat(read("name", "a", "ref", "main").find(REF)).hasValue("refs/heads/main");
        assertThat(read("name", "a", "ref", "refs/tags/v1").find(REF)).hasValue("refs/tags/v1");
    }

    @Test
    void namesTheKnownParameterNearestToAnUnknownOne() {
        assertRefused("limt", "Did you mean limit?", () -> read("name", "a", "limt", "3"));
    }

    @Test
    void listsTheParametersWhenNoneIsNear() {
        assertRefused("zebra", "It takes name, limit", () -> read("name", "a", "zebra", "3"));
    }

    @Test
    void refusesASingleParameterGivenTwice() {
        assertRefused(
                "limit",
                "given 2 times",
                () ->
                        Arguments.read(
                                DECLARED,
                                Map.of("name", List.of("a"), "limit", List.of("1", "2"))));
    }

    @Test
    void refusesAMissingOrEmptyOne() {
        assertRefused("name", "missing", () -> read());
        assertRefused("name", "empty", () -> read("name", ""));
    }

    @Test
    void refusesTextThatIsTooLongOrHasNul() {
        assertRefused("name", "6 characters", () -> read("name", "123456"));
        assertRefused("name", "NUL", () -> read("name", "a\0b"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1001", "1000000000", "99999999999999999999", "ten", "1.5", "-1"})
    void refusesALimitOutOfRangeAndSaysTheRange(String limit) {
        assertRefused("limit", "from 1 to 1000", () -> read("name", "a", "limit", limit));
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "5m", "-1s", "1.5s", "31s", "30001ms", "9999999999s", "s"})
    void refusesADurationOfAnotherFormOrTooLong(String wait) {
        assertRefused("wait", "wait must be", () -> read("name", "a", "wait", wait));
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "HEAD", "main", "o/n@abc", "o/n@", "@"})
    void refusesARevisionThatIsNoWholeId(String revision) {
        assertRefused(
                "min_revision",
                "whole commit id",
                () -> read("name", "a", "min_revision", revision));
    }

    @Test
    void listsTheChoicesThereAre() {
        assertRefused("color", "one of red, light_blue", () -> read("name", "a", "color", "green"));
        assertRefused("color", "one of red, light_blue", () -> read("name", "a", "color", "red,"));
    }

    @Test
    void isTheSameQuestionOnEveryPageButNotForOtherValues() {
        String question = read("name", "a", "limit", "5").question();

        assertThat(read("name", "a", "limit", "7").question()).isEqualTo(question);
        assertThat(read("name", "a", "one", "red").question()).isEqualTo(question);
        assertThat(read("name", "b").question()).isNotEqualTo(question);
        assertThat(read("name", "a", "color", "red").question()).isNotEqualTo(question);
    }

    private static Arguments read(String... namesAndValues) {
        Map<String, List<String>> given = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            given.put(namesAndValues[i], List.of(namesAndValues[i + 1]));
        }
        return Arguments.read(DECLARED, given);
    }

    private static void assertRefused(String parameter, String message, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        TideScopeException.class,
                        e -> assertThat(e.parameter()).isEqualTo(parameter))
                .hasMessageContaining(message);
    }
}
