package io.tidescope.testing.fault;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntUnaryOperator;

/**
 * The guarantees on every single answer, whatever goes wrong meanwhile, held against {@link Marks}:
 *
 * <ul>
 *   <li>no wrong answer is marked complete: it has every file, each in one version, not older than
 *       the revision it was asked for and not newer than what was pushed;
 *   <li>a partial answer names what is missing, and is right about the rest;
 *   <li>what was answered once, and not by a standby, is not taken back by later answers that are
 *       not from a standby either.
 * </ul>
 *
 * Safe for concurrent use.
 */
public final class AnswersAreRight {
    private final int files;
    private final IntUnaryOperator partitions;

    /** By file, the newest version that an answer which has ended had from an active node. */
    private final Map<Integer, Long> newest = new ConcurrentHashMap<>();

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
        return new Asked(atLeast, Map.copyOf(newest));
    }

    /**
     * What is wrong with an answer, in words; empty when nothing is.
     *
     * @param pushed version of the newest push that had begun when the answer came
     */
    public List<String> check(Asked asked, MarkedAnswer answer, long pushed) {
        List<String> wrong = new ArrayList<>();
        if (answer.complete() != answer.missing().isEmpty()) {
            wrong.add(
                    "complete is %s and %s are missing"
                            .formatted(answer.complete(), answer.missing()));
        }
        for (int file = 0; file < files; file++) {
            int partition = partitions.applyAsInt(file);
            Set<Long> versions = answer.versions().getOrDefault(file, Set.of());
            if (answer.missing().contains(partition)) {
                continue;
            }
            boolean stale = answer.stale().contains(partition);
            long least = stale ? 0 : asked.seen().getOrDefault(file, 0L);
            checkVersions(file, versions, Math.max(asked.atLeast(), least), pushed, wrong);
            if (!stale && versions.size() == 1) {
                newest.merge(file, versions.iterator().next(), Math::max);
            }
        }
        return wrong;
    }

    private static void checkVersions(
            int file, Set<Long> versions, long least, long most, List<String> wrong) {
        if (versions.size() > 1 || (versions.isEmpty() && least > 0)) {
            wrong.add("file %d is there in versions %s".formatted(file, versions));
        }
        for (long version : versions) {
            if (version < least || version > most) {
                wrong.add(
                        "file %d has version %d, which is not %d to %d"
                                .formatted(file, version, least, most));
            }
        }
    }
}
