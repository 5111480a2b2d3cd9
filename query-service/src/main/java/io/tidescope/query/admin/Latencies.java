package io.tidescope.query.admin;

/**
 * How long something took each time, as counts in buckets whose ends grow by a tenth: a quantile is
 * told as at most a tenth more than it is (the buckets of DDSketch, VLDB 2019). Not safe for
 * concurrent use.
 */
final class Latencies {
    private static final double GROWTH = 1.1;

    /** The first bucket's end. */
    private static final double FIRST_MILLIS = 0.1;

    /** The last begins behind two minutes, longer than an answer may take. */
    private static final int BUCKETS = 150;

    private final int[] counts = new int[BUCKETS];
    private long count;
    private double total;
    private double longest;

    void add(double millis) {
        double steps = Math.ceil(Math.log(millis / FIRST_MILLIS) / Math.log(GROWTH));
        counts[(int) Math.clamp(steps, 0, BUCKETS - 1)]++;
        count++;
        total += millis;
        longest = Math.max(longest, millis);
    }

    long count() {
        return count;
    }

    double totalMillis() {
        return total;
    }

    double meanMillis() {
        return count == 0 ? 0 : total / count;
    }

    /**
     * What a share of all took at most.
     *
     * @param share above 0 and at most 1
     */
    double quantileMillis(double share) {
        long rank = (long) Math.ceil(share * count);
        long below = 0;
        for (int bucket = 0; bucket < BUCKETS - 1; bucket++) {
            below += counts[bucket];
            if (below >= rank) {
                return Math.min(longest, FIRST_MILLIS * Math.pow(GROWTH, bucket));
            }
        }
        return longest;
    }
}
