package io.tidescope.app.lag;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * When the records of a partition came, as far as looks at its end have told: a log is not read to
 * find out how long its next record has waited. Confined to one thread.
 *
 * <p>What had come before the first look counts from that look on. Of many looks some are
 * forgotten, and what came between two counts from the later one on: so it is never said to wait
 * longer than it does.
 */
final class Arrivals {
    static final int MOST_LOOKS = 256;

    private final Deque<Look> looks = new ArrayDeque<>();

    /** Of so many looks one is remembered; more when there are many to remember. */
    private int every = 1;

    private int passedOver;

    private record Look(long end, Instant at) {}

    /** The partition ended at an offset. */
    void looked(long end, Instant at) {
        if (!looks.isEmpty()) {
            long before = looks.getLast().end();
            if (end == before) {
                return;
            }
            if (end < before) {
                // Another log than that.
                looks.clear();
            }
        }
        if (looks.isEmpty()) {
            every = 1;
        }
        passedOver++;
        if (passedOver < every) {
            return;
        }
        passedOver = 0;
        looks.add(new Look(end, at));
        if (looks.size() > MOST_LOOKS) {
            forgetEverySecond();
            every *= 2;
        }
    }

    private void forgetEverySecond() {
        Iterator<Look> all = looks.iterator();
        for (boolean kept = true; all.hasNext(); kept = !kept) {
            all.next();
            if (!kept) {
                all.remove();
            }
        }
    }

    /**
     * How long the first record waits that a consumer has not read.
     *
     * @param next the first offset that it has not read; no later question is about an earlier one
     */
    Duration waiting(long next, Instant now) {
        while (!looks.isEmpty() && looks.getFirst().end() <= next) {
            looks.removeFirst();
        }
        return looks.isEmpty() ? Duration.ZERO : Duration.between(looks.getFirst().at(), now);
    }
}
