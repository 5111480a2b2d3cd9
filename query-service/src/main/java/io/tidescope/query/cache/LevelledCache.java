package io.tidescope.query.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import io.micrometer.core.instrument.MeterRegistry;
import io.tidescope.store.query.SearchStructure;
import io.tidescope.store.query.StoreQuery;
import io.tidescope.store.query.StructureHits;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * Answers kept in this process, and behind it, if there is one, in a level shared with others. Safe
 * for concurrent use.
 *
 * <p>That an answer still holds is never assumed: whoever looks it up has the partition say so, by
 * the position it is from. So nothing has to be thrown out but for want of space.
 */
public final class LevelledCache implements AnswerCache {
    private static final String LOCAL = "local";
    private static final String SHARED = "shared";

    private final Cache<String, KeptAnswers> local;
    private final CacheSettings settings;
    private final @Nullable SharedAnswers shared;
    private final CacheMeters localMeters;
    private final CacheMeters sharedMeters;

    /**
     * @param shared null for none
     */
    public LevelledCache(
            CacheSettings settings, @Nullable SharedAnswers shared, MeterRegistry meters) {
        this.settings = settings;
        this.shared = shared;
        local =
                Caffeine.newBuilder()
                        .maximumWeight(settings.bytes())
                        .<String, KeptAnswers>weigher((question, kept) -> kept.size(question))
                        .executor(Runnable::run)
                        .build();
        localMeters = new CacheMeters(meters, LOCAL);
        sharedMeters = new CacheMeters(meters, SHARED);
    }

    @Override
    public <R> Lookup<R> look(StoreQuery<R> query, Set<Integer> partitions) {
        String written = QueryKey.of(query);
        if (written == null) {
            return AnswerCache.NONE.look(query, partitions);
        }
        return new Looked<>(query, settings.namespace() + '\n' + written, partitions);
    }

    @Override
    public List<CacheLevel> levels() {
        CacheLevel here =
                new CacheLevel(
                        LOCAL,
                        localMeters.hits(),
                        localMeters.misses(),
                        local.estimatedSize(),
                        local.policy().eviction().orElseThrow().weightedSize().orElse(0),
                        settings.bytes());
        return shared == null
                ? List.of(here)
                : List.of(
                        here,
                        new CacheLevel(
                                SHARED,
                                sharedMeters.hits(),
                                sharedMeters.misses(),
                                null,
                                null,
                                null));
    }

    /** Answers to one question, which level they came from, and what it has learned since. */
    private final class Looked<R> implements Lookup<R> {
        private final StoreQuery<R> query;
        private final String question;
        private final @Nullable SharedAnswers costly;
        private final KeptAnswers kept;
        private final Map<Integer, CachedAnswer<R>> fromShared;
        private final Map<Integer, KeptAnswers.Kept> learned = new HashMap<>();

        Looked(StoreQuery<R> query, String question, Set<Integer> partitions) {
            this.query = query;
            this.question = question;
            // What is quickly found is not fetched from elsewhere.
            costly = query.scans() ? shared : null;
            kept = Objects.requireNonNullElse(local.getIfPresent(question), KeptAnswers.NONE);
            Set<Integer> rest = new TreeSet<>();
            for (int partition : partitions) {
                if (kept.find(partition) == null) {
                    localMeters.miss();
                    rest.add(partition);
                }
            }
            fromShared =
                    costly == null || rest.isEmpty()
                            ? Map.of()
                            : costly.find(query, question, rest);
            if (costly != null) {
                rest.stream()
                        .filter(partition -> !fromShared.containsKey(partition))
                        .forEach(partition -> sharedMeters.miss());
            }
        }

        @Override
        @SuppressWarnings("unchecked") // a question has answers of one type
        public @Nullable CachedAnswer<R> find(int partition) {
            CachedAnswer<?> here = kept.find(partition);
            return here == null ? fromShared.get(partition) : (CachedAnswer<R>) here;
        }

        @Override
        public void keep(int partition, R answer, long position) {
            if (find(partition) != null) {
                meters(partition).miss();
            }
            int size = AnswerSize.of(answer);
            if (size > settings.answerBytes() || !isWhole(query, answer)) {
                return;
            }
            learn(partition, new CachedAnswer<>(answer, position), size);
            if (costly != null) {
                costly.keep(query, question, partition, answer, position);
            }
        }

        @Override
        public void confirm(int partition, long position) {
            CachedAnswer<R> known = find(partition);
            if (known == null) {
                return;
            }
            meters(partition).hit();
            if (fromShared.containsKey(partition) || position > known.position()) {
                learn(
                        partition,
                        new CachedAnswer<>(known.answer(), Math.max(position, known.position())),
                        AnswerSize.of(known.answer()));
            }
        }

        private void learn(int partition, CachedAnswer<R> answer, int size) {
            learned.put(partition, new KeptAnswers.Kept(answer, size));
        }

        @Override
        public void end() {
            if (!learned.isEmpty()) {
                local.asMap().merge(question, new KeptAnswers(learned), KeptAnswers::with);
                learned.clear();
            }
        }

        private CacheMeters meters(int partition) {
            return fromShared.containsKey(partition) ? sharedMeters : localMeters;
        }
    }

    /** Whether an answer is not what a search had come to when its time was over. */
    private static boolean isWhole(StoreQuery<?> query, @Nullable Object answer) {
        return !(query instanceof SearchStructure search)
                || answer instanceof StructureHits hits
                        && hits.effort().unreadable() == 0
                        && (hits.ended() || hits.found().size() >= search.limit());
    }
}
