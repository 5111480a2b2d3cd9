package io.tidescope.parser.replay;

import java.util.Map;

/**
 * How much of a replay is done.
 *
 * @param done offsets of {@code file-changes} that parsers have gone over
 * @param total all that they have to, up to where the log ends now
 */
public record Replayed(long done, long total) {
    /** Before anything is known. */
    public static final Replayed NOTHING = new Replayed(0, 0);

    /**
     * Sums up partitions.
     *
     * @param read up to which offset parsers have come
     * @param ends where the log ends
     */
    static Replayed of(ReplayPlan plan, Map<Integer, Long> read, Map<Integer, Long> ends) {
        long done = 0;
        long total = 0;
        for (Map.Entry<Integer, Long> start : plan.starts().entrySet()) {
            long from = start.getValue();
            long to = ends.getOrDefault(start.getKey(), from);
            total += to - from;
            done += Math.clamp(read.getOrDefault(start.getKey(), from) - from, 0, to - from);
        }
        return new Replayed(done, total);
    }
}
