package io.tidescope.query.http;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Lets so many requests be answered at a time, and so many more wait a moment for their turn, first
 * come first served: a pause of a busy machine should make them late, and not send them away. Of
 * both a caller may have a share only, so that others find room whatever one of them asks. Takes
 * memory for callers that have a request under way. Safe for concurrent use.
 */
final class RequestQueue {
    private final Semaphore places;
    private final Semaphore turns;
    private final int placesOfCaller;
    private final int turnsOfCaller;
    private final Duration patience;
    private final Map<String, Share> shares = new HashMap<>();

    /** What came of asking for a turn. */
    enum Entry {
        /** It may be answered; then it has to {@link #leave}. */
        ENTERED,
        /** All are taken. */
        FULL,
        /** The caller has its share of them. */
        SHARE_TAKEN
    }

    /** What one caller has. */
    private static final class Share {
        private final Semaphore turns;
        private int places;

        Share(int turns) {
            this.turns = new Semaphore(turns, true);
        }
    }

    /**
     * @param answered at the same time
     * @param waiting beside those; one more is refused at once
     * @param callers that it takes to fill it; with 1 there are no shares
     * @param patience how long one waits before it is refused
     */
    RequestQueue(int answered, int waiting, int callers, Duration patience) {
        places = new Semaphore(answered + waiting);
        turns = new Semaphore(answered, true);
        placesOfCaller = Math.max(1, (answered + waiting) / callers);
        turnsOfCaller = Math.max(1, answered / callers);
        this.patience = patience;
    }

    /** Waits for a turn. */
    Entry enter(String caller) {
        Share share = place(caller);
        if (share == null) {
            return Entry.SHARE_TAKEN;
        }
        Entry entry = Entry.FULL;
        try {
            entry = places.tryAcquire() ? turn(share) : Entry.FULL;
        } finally {
            if (entry != Entry.ENTERED) {
                vacate(caller);
            }
        }
        return entry;
    }

    /** Own turns first: who waits for those keeps no turn from others. */
    private Entry turn(Share share) {
        long end = System.nanoTime() + patience.toNanos();
        Entry entry = Entry.FULL;
        boolean own = false;
        try {
            own = share.turns.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS);
            if (!own) {
                entry = Entry.SHARE_TAKEN;
            } else if (turns.tryAcquire(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                entry = Entry.ENTERED;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the server stops
        } finally {
            if (entry != Entry.ENTERED) {
                places.release();
                if (own) {
                    share.turns.release();
                }
            }
        }
        return entry;
    }

    /** The request of this caller was answered. */
    void leave(String caller) {
        turns.release();
        places.release();
        vacate(caller).turns.release();
    }

    private @Nullable Share place(String caller) {
        synchronized (shares) {
            Share share = shares.computeIfAbsent(caller, _ -> new Share(turnsOfCaller));
            if (share.places == placesOfCaller) {
                return null;
            }
            share.places++;
            return share;
        }
    }

    private Share vacate(String caller) {
        synchronized (shares) {
            Share share = Objects.requireNonNull(shares.get(caller), "has entered");
            share.places--;
            if (share.places == 0) {
                shares.remove(caller);
            }
            return share;
        }
    }

    /** Callers that have a request under way. */
    int callers() {
        synchronized (shares) {
            return shares.size();
        }
    }
}
