package io.tidescope.app.standalone;

import io.tidescope.store.query.ReadBound;
import io.tidescope.store.query.StoreClient;
import io.tidescope.store.query.StoreQuery;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks the store that answers now, which may become another one between two questions. A question
 * under way is answered by the store that it was asked of. Safe for concurrent use.
 */
final class SwitchedStore implements StoreClient {
    private volatile Served now;

    SwitchedStore(StoreClient first) {
        now = new Served(first);
    }

    /**
     * A store for as long as it answers.
     *
     * @param under parties are the questions under way, and one for that it is the one that
     *     answers; it ends with the last
     */
    private record Served(StoreClient store, Phaser under) {
        Served(StoreClient store) {
            this(store, new Phaser(1));
        }
    }

    @Override
    public int partitions() {
        return now.store().partitions();
    }

    @Override
    public <R> Answers<R> ask(StoreQuery<R> query, Set<Integer> partitions) {
        return ask(query, partitions, ReadBound.AVAILABLE);
    }

    /** Positions are of the topic of one index, and a question may come to another one's. */
    @Override
    public StoreClient within(ReadBound bound) {
        ReadBound of = new ReadBound(bound.consistency(), Map.of());
        return new StoreClient() {
            @Override
            public int partitions() {
                return SwitchedStore.this.partitions();
            }

            @Override
            public <R> Answers<R> ask(StoreQuery<R> query, Set<Integer> partitions) {
                return SwitchedStore.this.ask(query, partitions, of);
            }
        };
    }

    private <R> Answers<R> ask(StoreQuery<R> query, Set<Integer> partitions, ReadBound bound) {
        while (true) {
            Served asked = now;
            // Negative when all questions of a store that was replaced have been answered.
            if (asked.under().register() >= 0) {
                try {
                    return asked.store().within(bound).ask(query, partitions);
                } finally {
                    asked.under().arriveAndDeregister();
                }
            }
        }
    }

    /**
     * Has another store answer from now on, and waits for the one before to have answered what it
     * was asked.
     *
     * @param patience how long; whoever is not answered then gets no answer
     */
    void switchTo(StoreClient next, Duration patience) throws InterruptedException {
        Served before = now;
        now = new Served(next);
        int phase = before.under().arriveAndDeregister();
        try {
            before.under()
                    .awaitAdvanceInterruptibly(phase, patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            // Questions have deadlines, and this one is far behind its own.
        }
    }
}
