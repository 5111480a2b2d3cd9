package io.tidescope.testing.fault;

import java.util.List;

/**
 * The guarantee that an answer is either complete or names the partitions it lacks; what it does
 * not name has to be there, which {@link NoWrongAnswerIsComplete} looks at.
 */
final class PartialAnswersNameWhatIsMissing {
    private PartialAnswersNameWhatIsMissing() {}

    static List<Violation> check(MarkedAnswer answer) {
        return answer.complete() == answer.missing().isEmpty()
                ? List.of()
                : List.of(
                        Violation.of(
                                PartialAnswersNameWhatIsMissing.class,
                                "complete is %s and %s are missing"
                                        .formatted(answer.complete(), answer.missing())));
    }
}
