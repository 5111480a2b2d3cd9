package io.tidescope.query.access;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * How many refusals are written down: some of each address and some of all together in a minute.
 * What is left out is counted. Without it whoever needs no token to be refused could fill the log,
 * and what is rolled away with it is what administrators did. Takes memory for as many addresses as
 * lines are written. Safe for concurrent use.
 */
final class RefusalLimit {
    static final int LINES = 100;
    static final int LINES_OF_ADDRESS = 10;
    private static final long WINDOW_MILLIS = Duration.ofMinutes(1).toMillis();

    private final Map<String, Integer> written = new HashMap<>();
    private long since;
    private int all;
    private long leftOut;
    private long leftOutBefore;

    /** Whether one more is written. */
    synchronized boolean admits(String address, long nowMillis) {
        turn(nowMillis);
        int ofAddress = written.getOrDefault(address, 0);
        if (all >= LINES || ofAddress >= LINES_OF_ADDRESS) {
            leftOut++;
            return false;
        }
        all++;
        written.put(address, ofAddress + 1);
        return true;
    }

    /** How many were left out in the minutes that are over, each told of once. */
    synchronized long takeLeftOut(long nowMillis) {
        turn(nowMillis);
        long told = leftOutBefore;
        leftOutBefore = 0;
        return told;
    }

    private void turn(long nowMillis) {
        // A clock that was set back begins a new one as well.
        if (Math.abs(nowMillis - since) >= WINDOW_MILLIS) {
            since = nowMillis;
            leftOutBefore += leftOut;
            leftOut = 0;
            all = 0;
            written.clear();
        }
    }
}
