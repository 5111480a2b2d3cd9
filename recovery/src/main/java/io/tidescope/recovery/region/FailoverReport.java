package io.tidescope.recovery.region;

import java.time.Duration;
import java.util.List;

/**
 * What a failover came to.
 *
 * @param epoch that has begun by it
 * @param from the region that published before; empty when none ever did
 * @param drained whether everything that was published there is here
 * @param missing what is known to be missing, a line for each ref; empty when it is nothing, or the
 *     other region did not answer
 * @param torn refs that publishers read from the log, and publish as git has them
 * @param took from the first step until this region publishes
 */
public record FailoverReport(
        RegionEpoch epoch,
        String from,
        boolean drained,
        List<String> missing,
        List<RefAudit> torn,
        Duration took) {
    public FailoverReport {
        missing = List.copyOf(missing);
        torn = List.copyOf(torn);
    }
}
