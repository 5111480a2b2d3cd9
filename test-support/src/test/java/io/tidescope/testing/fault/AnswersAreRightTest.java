package io.tidescope.testing.fault;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

final class AnswersAreRightTest {
    /** Two files in partitions of their own. */
    private final AnswersAreRight answers = new AnswersAreRight(2, file -> file);

    @Test
    void anAnswerOfEveryFileInOneVersionNotOlderThanAskedForIsRight() {
        assertThat(answers.check(answers.asking(3), complete(3, 4), 4)).isEmpty();
    }

    @Test
    void aVersionOlderThanAskedForIsWrong() {
        assertThat(answers.check(answers.asking(3), complete(3, 2), 4))
                .extracting(Violation::what)
                .containsExactly("file 1 has version 2, which is not 3 to 4");
    }

    @Test
    void aVersionThatNobodyPushedIsWrong() {
        assertThat(answers.check(answers.asking(3), complete(3, 5), 4)).hasSize(1);
    }

    @Test
    void twoVersionsOfAFileAreWrong() {
        MarkedAnswer both =
                new MarkedAnswer(
                        true,
                        Set.of(),
                        Set.of(),
                        Map.of(0, Set.of(3L), 1, new TreeSet<>(Set.of(3L, 4L))));

        assertThat(answers.check(answers.asking(3), both, 4))
                .extracting(Violation::what)
                .containsExactly("file 1 is there in versions [3, 4]");
    }

    @Test
    void aCompleteAnswerWithoutAFileIsWrong() {
        MarkedAnswer half = new MarkedAnswer(true, Set.of(), Set.of(), Map.of(0, Set.of(3L)));

        assertThat(answers.check(answers.asking(3), half, 4)).hasSize(1);
    }

    @Test
    void aPartialAnswerMayLackWhatItSaysIsMissingAndNothingElse() {
        MarkedAnswer first = new MarkedAnswer(false, Set.of(0), Set.of(), Map.of(1, Set.of(3L)));
        MarkedAnswer second = new MarkedAnswer(false, Set.of(1), Set.of(), Map.of(1, Set.of(3L)));

        assertThat(answers.check(answers.asking(3), first, 4)).isEmpty();
        assertThat(answers.check(answers.asking(3), second, 4)).hasSize(1);
    }

    @Test
    void aPartialAnswerNamesWhatIsMissing() {
        MarkedAnswer unnamed =
                new MarkedAnswer(false, Set.of(), Set.of(), Map.of(0, Set.of(3L), 1, Set.of(3L)));

        assertThat(answers.check(answers.asking(3), unnamed, 4)).hasSize(1);
    }

    @Test
    void whatWasAnsweredOnceIsNotTakenBackUnlessAStandbySaysSo() {
        assertThat(answers.check(answers.asking(0), complete(4, 4), 4)).isEmpty();

        AnswersAreRight.Asked later = answers.asking(0);

        assertThat(answers.check(later, complete(4, 3), 4)).hasSize(1);
        assertThat(answers.check(later, stale(3), 4)).isEmpty();
    }

    @Test
    void anAnswerThatOvertookAnotherIsNotHeldAgainstIt() {
        AnswersAreRight.Asked early = answers.asking(0);
        assertThat(answers.check(answers.asking(0), complete(4, 4), 4)).isEmpty();

        assertThat(answers.check(early, complete(3, 3), 4)).isEmpty();
    }

    private static MarkedAnswer complete(long first, long second) {
        return new MarkedAnswer(
                true, Set.of(), Set.of(), Map.of(0, Set.of(first), 1, Set.of(second)));
    }

    private static MarkedAnswer stale(long both) {
        return new MarkedAnswer(
                true, Set.of(), Set.of(0, 1), Map.of(0, Set.of(both), 1, Set.of(both)));
    }
}
