package io.tidescope.testing.fault;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntUnaryOperator;

/**
 * The guarantees on every single answer, whatever goes wrong meanwhile, held against {@link Marks}:
 * {@link PartialAnswersNameWhatIsMissing}, {@link NoWrongAnswerIsComplete} and {@link
 * NoDocumentGoesBack}. Safe for concurrent use.
 */
public final class AnswersAreRight {
    private final int files;
    private final IntUnaryOperator partitions;
    private final NoDocumentGoesBack order = new NoDocumentGoesBack();

    /**
     * @param partitions the partition of each file
     */
    public AnswersAreRight(int files, IntUnaryOperator partitions) {
        this.files = files;
        this.partitions = partitions;
    }

    /** What was known when a question was asked: what its answer must not be behind. */
    public record Asked(long atLeast, Map<Integer, Long> seen) {}

    /**
     * To be called before a question is asked.
     *
     * @param atLeast version of the revision that is asked for; 0 for none
     */
    public Asked asking(long atLeast) {
        return new Asked(atLeast, order.seen());
    }

    /**
     * What is wrong with an answer; empty when nothing is.
     *
     * @param pushed version of the newest push that had begun when the answer came
     */
    public List<Violation> check(Asked asked, MarkedAnswer answer, long pushed) {
        List<Violation> wrong = new ArrayList<>(PartialAnswersNameWhatIsMissing.check(answer));
        for (int file = 0; file < files; file++) {
            int partition = partitions.applyAsInt(file);
            if (answer.missing().contains(partition)) {
                continue;
            }
            Set<Long> versions = answer.versions().getOrDefault(file, Set.of());
            boolean stale = answer.stale().contains(partition);
            boolean present = !stale && asked.seen().containsKey(file);
            wrong.addAll(
                    NoWrongAnswerIsComplete.check(
                            file, versions, asked.atLeast(), present, pushed));
            if (!stale) {
                wrong.addAll(order.check(file, versions, asked.seen()));
            }
        }
        return wrong;
    }
}
