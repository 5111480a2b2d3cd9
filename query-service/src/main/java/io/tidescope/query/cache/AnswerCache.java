package io.tidescope.query.cache;

import io.tidescope.store.query.StoreQuery;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Set;

/**
 * Answers of partitions by question. That an answer still holds, only the partition can tell: it is
 * told the position the answer is from. Safe for concurrent use.
 */
public interface AnswerCache {
    /** Keeps nothing. */
    AnswerCache NONE =
            new AnswerCache() {
                @Override
                public <R> Lookup<R> look(StoreQuery<R> query, Set<Integer> partitions) {
                    return new Lookup<>() {
                        @Override
                        public @Nullable CachedAnswer<R> find(int partition) {
                            return null;
                        }

                        @Override
                        public void keep(int partition, R answer, long position) {}

                        @Override
                        public void confirm(int partition, long position) {}

                        @Override
                        public void end() {}
                    };
                }
            };

    /** What is kept of a question. */
    <R> Lookup<R> look(StoreQuery<R> query, Set<Integer> partitions);

    /** What it holds and was good for, the nearest level first; none when it keeps nothing. */
    default List<CacheLevel> levels() {
        return List.of();
    }

    /** The answers to one question, until it is answered. Used by one thread. */
    interface Lookup<R> {
        /** What a partition answered once; null when that is not kept. */
        @Nullable CachedAnswer<R> find(int partition);

        /** A partition has given another answer than what was found, if anything was. */
        void keep(int partition, R answer, long position);

        /** What was found still holds at a position. */
        void confirm(int partition, long position);

        /** The question is answered, as far as it is: others find from now on what came of it. */
        void end();
    }
}
