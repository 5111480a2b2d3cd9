package io.tidescope.app.region;

import io.tidescope.recovery.region.Failover;
import io.tidescope.recovery.region.FailoverReport;
import io.tidescope.recovery.region.RefAudit;
import io.tidescope.recovery.region.RegionCluster;
import io.tidescope.schemas.RefKey;
import io.tidescope.schemas.TideScopeException;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A failover, and all that makes it one for those who use the index. */
public final class Takeover {
    private final Wanted wanted;
    private final Consumer<String> says;

    /**
     * What is wanted.
     *
     * @param drainLimit how long what is not mirrored yet is waited for
     * @param resume whether to go on with a failover that was not ended
     * @param point a command that points users here; null for none
     * @param gateway of this region, to wait until it is ready; null not to
     * @param reconciledLimit how long to wait until torn refs are published again
     */
    public record Wanted(
            Duration drainLimit,
            boolean resume,
            @Nullable String point,
            @Nullable URI gateway,
            Duration reconciledLimit) {}

    /**
     * What it came to; the failover stands in any case.
     *
     * @param problems what of the rest was not done in time, for people
     * @param unreconciled refs that were not published as git has them
     * @param took with all that was waited for
     */
    public record Outcome(
            FailoverReport failover,
            List<String> problems,
            List<RefKey> unreconciled,
            Duration took) {
        public Outcome {
            problems = List.copyOf(problems);
            unreconciled = List.copyOf(unreconciled);
        }
    }

    /**
     * @param says told what is done, step by step
     */
    public Takeover(Wanted wanted, Consumer<String> says) {
        this.wanted = wanted;
        this.says = says;
    }

    /**
     * Makes this the region that publishes, and then the rest of it; what of the rest fails is told
     * and does not keep from what follows.
     *
     * @throws TideScopeException what {@link Failover#run} throws
     */
    public Outcome run(Failover failover, RegionCluster own) throws InterruptedException {
        long begun = System.nanoTime();
        FailoverReport report = failover.run(wanted.drainLimit(), wanted.resume());
        List<String> remaining = new ArrayList<>();
        String point = wanted.point();
        if (point != null) {
            says.accept("running " + point);
            String failure = new PointCommand(point).run(report.epoch());
            if (!failure.isEmpty()) {
                remaining.add("users are not pointed here, for %s: %s".formatted(failure, point));
            }
        }
        List<RefKey> open = reconcile(own, report.torn(), remaining);
        URI gateway = wanted.gateway();
        if (gateway != null) {
            says.accept("waiting until the gateway at %s is ready".formatted(gateway));
            if (!ReadyGateway.await(gateway, ReadyGateway.LIMIT)) {
                remaining.add(
                        "the gateway at %s is not ready after %d seconds"
                                .formatted(gateway, ReadyGateway.LIMIT.toSeconds()));
            }
        }
        return new Outcome(report, remaining, open, Duration.ofNanos(System.nanoTime() - begun));
    }

    private List<RefKey> reconcile(RegionCluster own, List<RefAudit> torn, List<String> remaining)
            throws InterruptedException {
        List<RefKey> refs = torn.stream().map(RefAudit::ref).toList();
        if (refs.isEmpty()) {
            return refs;
        }
        says.accept("waiting until what was torn is published as git has it");
        try {
            List<RefKey> open = Reconciliation.await(own, refs, wanted.reconciledLimit());
            open.forEach(
                    ref ->
                            remaining.add(
                                    "%s %s is not published as git has it yet; does an ingest follow it here?"
                                            .formatted(ref.repository(), ref.ref())));
            return open;
        } catch (TideScopeException e) {
            remaining.add(
                    "whether everything is published as git has it is not known: "
                            + e.getMessage());
            return refs;
        }
    }
}
