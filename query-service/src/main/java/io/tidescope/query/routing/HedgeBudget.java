package io.tidescope.query.routing;

/**
 * Bounds how many questions are asked twice because their answer is slow: when all nodes are slow,
 * asking more makes them slower. Safe for concurrent use.
 */
final class HedgeBudget {
    /** Questions that have to be asked for one to be asked twice. */
    private static final int ASKS_PER_HEDGE = 10;

    /** Hedges that may come at once, as when a node stops. */
    private static final int MOST = 100;

    private long tenths = (long) MOST * ASKS_PER_HEDGE;

    synchronized void asked() {
        tenths = Math.min(tenths + 1, (long) MOST * ASKS_PER_HEDGE);
    }

    /** Whether one more question may be asked twice. */
    synchronized boolean take() {
        if (tenths < ASKS_PER_HEDGE) {
            return false;
        }
        tenths -= ASKS_PER_HEDGE;
        return true;
    }
}
