package io.tidescope.query.cache;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.Map;

/**
 * What is kept of one question, by partition. In one place, for most partitions have nothing to a
 * question, and the collector walks through all entries of a cache. Immutable.
 */
record KeptAnswers(Map<Integer, Kept> answers) {
    static final KeptAnswers NONE = new KeptAnswers(Map.of());

    /** A question's text and its place in a cache. */
    private static final int QUESTION_BYTES = 128;

    /** An answer's position and its place here. */
    private static final int ANSWER_BYTES = 64;

    /**
     * What is kept of one partition.
     *
     * @param size bytes of memory that the answer takes, about
     */
    record Kept(CachedAnswer<?> answer, int size) {
        private Kept later(Kept other) {
            return other.answer.position() < answer.position() ? this : other;
        }
    }

    KeptAnswers {
        answers = Map.copyOf(answers);
    }

    /** What a partition answered once; null when that is not kept. */
    @Nullable CachedAnswer<?> find(int partition) {
        Kept kept = answers.get(partition);
        return kept == null ? null : kept.answer();
    }

    /** Both; of a partition that both have the one from the later position. */
    KeptAnswers with(KeptAnswers others) {
        Map<Integer, Kept> both = new HashMap<>(answers);
        others.answers.forEach((partition, other) -> both.merge(partition, other, Kept::later));
        return new KeptAnswers(both);
    }

    /** Bytes of memory that it takes, about. */
    int size(String question) {
        long size = QUESTION_BYTES + question.length();
        for (Kept kept : answers.values()) {
            size += ANSWER_BYTES + (long) kept.size();
        }
        return (int) Math.min(Integer.MAX_VALUE, size);
    }
}
