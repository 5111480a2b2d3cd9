package io.tidescope.app.standalone;

import io.micrometer.core.instrument.MeterRegistry;

import java.time.Duration;
import java.util.function.Consumer;

/** The index that answers. Safe for concurrent use. */
final class LiveIndex implements AutoCloseable {
    /** Above the deadline of any question. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final MeterRegistry meters;
    private final Consumer<Throwable> failed;
    private final SwitchedStore store;
    private volatile IndexNodes nodes;

    /**
     * @param meters where the metrics of the index are shown that answers
     * @param failed called when it has stopped by itself
     */
    LiveIndex(IndexNodes first, MeterRegistry meters, Consumer<Throwable> failed) {
        this.meters = meters;
        this.failed = failed;
        nodes = first;
        store = new SwitchedStore(first.store().client());
        show(first);
    }

    private void show(IndexNodes shown) {
        shown.showIn(meters);
        shown.failure()
                .whenComplete(
                        (nothing, thrown) -> {
                            if (nodes == shown) {
                                failed.accept(thrown);
                            }
                        });
    }

    /** Answers questions, from whichever index does at the time. */
    SwitchedStore store() {
        return store;
    }

    IndexNodes nodes() {
        return nodes;
    }

    /** Has another index answer, and ends the one before for good. */
    void switchTo(IndexNodes next) throws InterruptedException {
        IndexNodes before = nodes;
        nodes = next;
        try {
            store.switchTo(next.store().client(), PATIENCE);
        } finally {
            try {
                before.leave();
            } finally {
                show(next);
            }
        }
    }

    @Override
    public void close() {
        nodes.close();
    }
}
