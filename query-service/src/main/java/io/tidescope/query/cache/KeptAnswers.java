package io.tidescope.query.cache;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.Map;

/**
 * What is kept of one question, by partition. All in one place: most partitions have nothing to a
 * question, and each of those as an entry of its own had the collector walk through a full cache of
 * them, for tens of milliseconds at a time. Immutable.
 */
record KeptAnswers(Map<Integer, CachedAnswer<?>> answers) {
    static final KeptAnswers NONE = new KeptAnswers(Map.of());

    /** A question's text and its place in a cache. */
    private static final int QUESTION_BYTES = 128;

    /** An answer's position and its place here. */
    private static final int ANSWER_BYTES = 48;

    static KeptAnswers of(Map<Integer, CachedAnswer<?>> answers) {
        return new KeptAnswers(Map.copyOf(answers));
    }

    /** What a partition answered once; null when that is not kept. */
    @Nullable CachedAnswer<?> find(int partition) {
        return answers.get(partition);
    }

    /** Both; the others where there are two of a partition. */
    KeptAnswers with(KeptAnswers others) {
        Map<Integer, CachedAnswer<?>> both = new HashMap<>(answers);
        both.putAll(others.answers);
        return of(both);
    }

    /** Bytes of memory that it takes, about. */
    int size(String question) {
        long size = QUESTION_BYTES + question.length();
        for (CachedAnswer<?> answer : answers.values()) {
            size += ANSWER_BYTES + AnswerSize.of(answer.answer());
        }
        return (int) Math.min(Integer.MAX_VALUE, size);
    }
}
