package io.tidescope.ingest;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.Semaphore;

/**
 * How many repositories are published at the same time: so many that have little to say, and as
 * many again that have much, so that a small commit never waits for imports to end.
 *
 * <p>Safe for concurrent use; first come, first served.
 */
final class PublishTurns {
    private final Semaphore shortTurns;
    private final Semaphore longTurns;

    PublishTurns(int each) {
        shortTurns = new Semaphore(each, true);
        longTurns = new Semaphore(each, true);
    }

    /** For one repository, which has no turn yet. */
    Turn turn() {
        return new Turn();
    }

    /** One repository's turn, taken and given back again and again. For one thread. */
    final class Turn {
        private @Nullable Semaphore held;

        /** Waits for a turn that lets others wait for a moment only. */
        void begin() throws InterruptedException {
            take(shortTurns);
        }

        /** Gives that one back and waits for one of those that take long; once is enough. */
        void becomeLong() throws InterruptedException {
            take(longTurns);
        }

        private void take(Semaphore turns) throws InterruptedException {
            if (held != turns) {
                end();
                turns.acquire();
                held = turns;
            }
        }

        /** Gives the turn back, if there is one. */
        void end() {
            if (held != null) {
                held.release();
                held = null;
            }
        }
    }
}
