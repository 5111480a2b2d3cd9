package io.tidescope.recovery.region;

import io.tidescope.recovery.region.RegionEpoch.Phase;
import io.tidescope.recovery.restore.WriterFence;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.schemas.registry.HttpSchemaRegistry;

import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Makes a region the one that publishes.
 *
 * <p>Each step is an epoch that the witness keeps, so whoever begins it again goes on, and of two
 * at once one is refused. The other region need not be there; when it is, everything that it has
 * published is mirrored first.
 */
public final class Failover {
    private static final Logger LOG = LoggerFactory.getLogger(Failover.class);
    private static final Duration PAUSE = Duration.ofMillis(200);

    /** Beside the lease, for whoever looked at its clock just before. */
    private static final Duration MARGIN = Duration.ofSeconds(1);

    private final RegionWitness witness;
    private final RegionCluster own;
    private final @Nullable RegionCluster peer;
    private final Duration lease;
    private final InstantSource clock;
    private final String by;
    private final Consumer<String> says;

    /**
     * @param own the region that is to publish
     * @param peer the other one; null when it cannot be reached at all
     * @param lease of all processes of both regions
     * @param by who asks for it, for people
     * @param says told what is done, step by step
     */
    public Failover(
            RegionWitness witness,
            RegionCluster own,
            @Nullable RegionCluster peer,
            Duration lease,
            InstantSource clock,
            String by,
            Consumer<String> says) {
        this.witness = witness;
        this.own = own;
        this.peer = peer;
        this.lease = lease;
        this.clock = clock;
        this.by = by;
        this.says = says;
    }

    /**
     * Fails over.
     *
     * @param drainLimit how long to wait for what is not mirrored yet, while the other region can
     *     be reached
     * @param resume whether to go on with a failover that somebody has begun and not ended
     * @throws TideScopeException PRECONDITION_FAILED when this region publishes already, or another
     *     failover is under way; UNAVAILABLE when the witness or this region's cluster or registry
     *     do not answer: begun again, it goes on
     */
    public FailoverReport run(Duration drainLimit, boolean resume) throws InterruptedException {
        long begun = System.nanoTime();
        RegionEpoch before = witness.current().orElse(null);
        requireAllowed(before, resume);
        ClusterReach.require(own);
        if (before == null) {
            return activateFirst(begun);
        }
        if (before.source().equals(own.name())) {
            return takeBack(before, begun);
        }
        RegionEpoch epoch = before;
        boolean reached = peer != null && ClusterReach.isReached(peer);
        boolean drained = false;
        if (epoch.phase() != Phase.CLOSED && reached) {
            if (epoch.phase() == Phase.ACTIVE) {
                epoch = begin(epoch.fenced(own.name(), clock.instant(), by));
            }
            awaitLease("until no publisher of %s publishes any more".formatted(epoch.source()));
            drained = drain(epoch, drainLimit);
        }
        // Also when it is closed: whoever else goes on with that is refused from here on.
        RegionEpoch closed = begin(epoch.closed(own.name(), clock.instant(), by));
        awaitLease("until nothing is mirrored any more");
        fenceMirror();
        return activate(
                closed, at -> closed.activated(own.name(), at, by), reached, drained, begun);
    }

    /**
     * Publishers learn what of the log here is torn, and then this region publishes.
     *
     * @param before the epoch of now; null when there is none
     * @param next the epoch that begins, by when it does
     */
    private FailoverReport activate(
            @Nullable RegionEpoch before,
            Function<Instant, RegionEpoch> next,
            boolean reached,
            boolean drained,
            long begun) {
        say("reading the log here");
        try (HttpSchemaRegistry registry = new HttpSchemaRegistry(own.registry());
                RefRepair repair = RefRepair.begin(own.kafka(), registry)) {
            Collection<RefAudit> audits = LogAudit.of(own.kafka(), own.topics(), registry);
            requireCurrent(before);
            List<RefAudit> torn = repair.repair(audits, clock.instant());
            torn.forEach(
                    ref ->
                            say(
                                    "of %s %s a publish is here in part; it is published as git has it"
                                            .formatted(ref.ref().repository(), ref.ref().ref())));
            RegionEpoch epoch = begin(next.apply(clock.instant()));
            say(epoch.describe());
            Duration took = since(begun);
            // Reading the other region's log takes its time, and this one publishes meanwhile.
            List<String> missing = reached ? missing(audits) : List.of();
            return new FailoverReport(
                    epoch,
                    before == null ? "" : before.source(),
                    drained && missing.isEmpty(),
                    missing,
                    torn,
                    took);
        }
    }

    private void requireAllowed(@Nullable RegionEpoch epoch, boolean resume) {
        if (epoch == null) {
            return;
        }
        if (epoch.source().equals(own.name()) && (epoch.phase() == Phase.ACTIVE || !resume)) {
            throw new TideScopeException(
                    ErrorCode.PRECONDITION_FAILED,
                    epoch.phase() == Phase.ACTIVE
                            ? "Region %s publishes already, since %s."
                                    .formatted(own.name(), epoch.at())
                            : "Region %s is being taken over from: %s. If nobody carries that out any more, take it back: --resume"
                                    .formatted(own.name(), epoch.describe()));
        }
        if (epoch.phase() != Phase.ACTIVE && !resume) {
            throw new TideScopeException(
                    ErrorCode.PRECONDITION_FAILED,
                    "Another failover is under way: %s. If nobody carries it out any more, go on with it: --resume"
                            .formatted(epoch.describe()));
        }
    }

    /**
     * The other region was to take over, and did not: nothing was published there, so this log
     * still is all that there is.
     */
    private FailoverReport takeBack(RegionEpoch epoch, long begun) {
        RegionEpoch again = begin(epoch.activated(own.name(), clock.instant(), by));
        say(again.describe());
        return new FailoverReport(again, "", true, List.of(), List.of(), since(begun));
    }

    /** Who was stopped for long may have been overtaken, and must not write any more. */
    private void requireCurrent(@Nullable RegionEpoch epoch) {
        long expected = epoch == null ? 0 : epoch.number();
        if (witness.current().map(RegionEpoch::number).orElse(0L) != expected) {
            throw overtaken(expected + 1);
        }
    }

    private void fenceMirror() throws InterruptedException {
        String mirror = own.kafka().names().mirror();
        try (Admin admin = Admin.create(own.kafka().clientProperties())) {
            // Kafka Connect's own writer and those of its tasks.
            WriterFence.fence(
                    admin,
                    id -> id.startsWith(mirror) || id.startsWith("connect-cluster-" + mirror));
        }
    }

    /** The first of a witness, which may have lost those that there were. */
    private FailoverReport activateFirst(long begun) throws InterruptedException {
        PastEpochs past = PastEpochs.of(own, peer, this::say);
        if (past.newest() > 0) {
            awaitLease("until nobody counts on an epoch that the witness has lost");
            // It may have been the other one that published.
            fenceMirror();
            // Again: they did until now.
            past = PastEpochs.of(own, peer, this::say);
        }
        long since = past.newest() + 1;
        if (past.newest() > 0 && past.isLogHere()) {
            return activate(
                    null,
                    at -> RegionEpoch.first(own.name(), since, at, by),
                    past.isPeerKnown(),
                    past.isPeerKnown(),
                    begun);
        }
        RegionEpoch first = begin(RegionEpoch.first(own.name(), since, clock.instant(), by));
        say(first.describe());
        return new FailoverReport(first, "", true, List.of(), List.of(), since(begun));
    }

    private RegionEpoch begin(RegionEpoch epoch) {
        if (!witness.begin(epoch)) {
            throw overtaken(epoch.number());
        }
        LOG.atInfo()
                .addKeyValue("epoch", epoch.number())
                .addKeyValue("phase", epoch.phase())
                .log("A new epoch of the regions");
        return epoch;
    }

    private static TideScopeException overtaken(long number) {
        return new TideScopeException(
                ErrorCode.PRECONDITION_FAILED,
                "Another failover has begun epoch %d at the same time; look with tidescope region status, and let it end."
                        .formatted(number));
    }

    /** Whoever has not heard of the epoch by then knows that it does not know. */
    private void awaitLease(String what) throws InterruptedException {
        Duration wait = lease.plus(MARGIN);
        say("waiting %d seconds %s".formatted(wait.toSeconds(), what));
        Thread.sleep(wait);
    }

    /** Whether everything is here; else what is missing is told later. */
    private boolean drain(RegionEpoch epoch, Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        say("waiting until everything that %s has published is here".formatted(epoch.source()));
        while (true) {
            try {
                // Else a scan would wait a minute for brokers that are lost meanwhile.
                ClusterReach.require(peer());
                // Not counted to the end: a mirror that is far behind would make that take long.
                MirrorLag lag = MirrorLag.of(epoch, peer(), own, Duration.ZERO);
                if (lag.isCaughtUp()) {
                    return true;
                }
                if (System.nanoTime() - deadline > 0) {
                    say("%s after %d seconds".formatted(lag.describe(), limit.toSeconds()));
                    return false;
                }
            } catch (TideScopeException e) {
                say("%s does not answer any more: %s".formatted(epoch.source(), e.getMessage()));
                return false;
            }
            Thread.sleep(PAUSE);
        }
    }

    /** Of each ref that the other region has newer. */
    private List<String> missing(Collection<RefAudit> here) {
        Map<Object, RefAudit> own = new HashMap<>();
        here.forEach(audit -> own.put(audit.ref(), audit));
        List<String> missing = new ArrayList<>();
        try (HttpSchemaRegistry theirs = new HttpSchemaRegistry(peer().registry())) {
            for (RefAudit there : LogAudit.of(peer().kafka(), peer().topics(), theirs)) {
                RefAudit mirrored = own.get(there.ref());
                long whole = mirrored == null ? 0 : mirrored.whole();
                long publishes = mirrored == null ? 0 : mirrored.publishes();
                if (there.whole() > whole) {
                    missing.add(
                            "%s %s: %d publishes, up to %s"
                                    .formatted(
                                            there.ref().repository(),
                                            there.ref().ref(),
                                            there.publishes() - publishes,
                                            there.commit()));
                }
            }
        } catch (TideScopeException e) {
            say("what is missing is not known: " + e.getMessage());
        }
        missing.sort(Comparator.naturalOrder());
        missing.forEach(line -> say("not here: " + line));
        return missing;
    }

    private RegionCluster peer() {
        if (peer == null) {
            throw new IllegalStateException("there is no other region");
        }
        return peer;
    }

    private void say(String what) {
        LOG.atInfo().addKeyValue("region", own.name()).log(what);
        says.accept(what);
    }

    private static Duration since(long begun) {
        return Duration.ofNanos(System.nanoTime() - begun);
    }
}
