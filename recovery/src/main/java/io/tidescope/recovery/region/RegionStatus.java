package io.tidescope.recovery.region;

import io.tidescope.schemas.RefKey;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.schemas.registry.HttpSchemaRegistry;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * How the two regions stand.
 *
 * @param region that was asked
 * @param epoch null when no region ever was active
 * @param lag of the one that mirrors; null when one of the regions does not answer
 * @param refs each ref that one of them has, by repository and name
 * @param problems what does not answer, for people
 */
public record RegionStatus(
        String region,
        @Nullable RegionEpoch epoch,
        @Nullable MirrorLag lag,
        List<RefStatus> refs,
        List<String> problems) {
    public RegionStatus {
        refs = List.copyOf(refs);
        problems = List.copyOf(problems);
    }

    /**
     * A ref in both regions.
     *
     * @param published the newest whole publish of the region that publishes; null when it does not
     *     answer
     * @param mirrored that of the other one; null when it does not answer
     * @param common the commit of the newest publish that both have whole; null when there is none
     * @param revisions publishes that the mirror lacks; null when that is not known
     */
    public record RefStatus(
            String repository,
            String ref,
            @Nullable Long published,
            @Nullable Long mirrored,
            @Nullable String common,
            @Nullable Long revisions) {}

    /**
     * Reads both logs.
     *
     * @throws TideScopeException what the witness throws
     */
    public static RegionStatus of(RegionWitness witness, RegionCluster own, RegionCluster peer) {
        RegionEpoch epoch = witness.current().orElse(null);
        List<String> problems = new ArrayList<>();
        boolean source = epoch == null || epoch.source().equals(own.name());
        RegionCluster publishing = source ? own : peer;
        RegionCluster mirroring = source ? peer : own;
        Map<RefKey, RefAudit> there = audits(publishing, problems);
        Map<RefKey, RefAudit> here = audits(mirroring, problems);
        MirrorLag lag = null;
        if (epoch != null && there != null && here != null) {
            try {
                lag = MirrorLag.of(epoch, publishing, mirroring);
            } catch (TideScopeException e) {
                problems.add(String.valueOf(e.getMessage()));
            }
        }
        return new RegionStatus(own.name(), epoch, lag, refs(there, here), problems);
    }

    private static @Nullable Map<RefKey, RefAudit> audits(
            RegionCluster cluster, List<String> problems) {
        try (HttpSchemaRegistry registry = new HttpSchemaRegistry(cluster.registry())) {
            ClusterReach.require(cluster);
            Collection<RefAudit> audits = LogAudit.of(cluster.kafka(), cluster.topics(), registry);
            Map<RefKey, RefAudit> byRef = new HashMap<>();
            audits.forEach(audit -> byRef.put(audit.ref(), audit));
            return byRef;
        } catch (TideScopeException e) {
            problems.add("region %s: %s".formatted(cluster.name(), e.getMessage()));
            return null;
        }
    }

    /**
     * Of each ref that one of the logs has.
     *
     * @param there of the region that publishes; null when it does not answer
     * @param here of the other one; null when it does not answer
     */
    static List<RefStatus> refs(
            @Nullable Map<RefKey, RefAudit> there, @Nullable Map<RefKey, RefAudit> here) {
        Map<RefKey, RefAudit> all = new HashMap<>();
        if (there != null) {
            all.putAll(there);
        }
        if (here != null) {
            here.forEach(all::putIfAbsent);
        }
        return all.keySet().stream()
                .sorted(Comparator.comparing(RefKey::repository).thenComparing(RefKey::ref))
                .map(ref -> status(ref, there, here))
                .toList();
    }

    private static RefStatus status(
            RefKey ref,
            @Nullable Map<RefKey, RefAudit> there,
            @Nullable Map<RefKey, RefAudit> here) {
        RefAudit source = there == null ? null : there.get(ref);
        RefAudit mirror = here == null ? null : here.get(ref);
        Long published = there == null ? null : Long.valueOf(source == null ? 0 : source.whole());
        Long mirrored = here == null ? null : Long.valueOf(mirror == null ? 0 : mirror.whole());
        return new RefStatus(
                ref.repository(),
                ref.ref(),
                published,
                mirrored,
                common(source, mirror),
                published == null || mirrored == null ? null : behind(source, mirror));
    }

    /** Of the newest publish that is the same in both: numbers go on behind a failover. */
    private static @Nullable String common(@Nullable RefAudit source, @Nullable RefAudit mirror) {
        if (source == null || mirror == null) {
            return null;
        }
        return mirror.commits().keySet().stream()
                .filter(publish -> areSame(publish, source, mirror))
                .reduce((_, later) -> later)
                .map(publish -> mirror.commits().get(publish))
                .orElse(null);
    }

    private static boolean areSame(long publish, RefAudit one, RefAudit other) {
        return one.commits().containsKey(publish)
                && other.commits().containsKey(publish)
                && Objects.equals(one.commits().get(publish), other.commits().get(publish));
    }

    private static long behind(@Nullable RefAudit source, @Nullable RefAudit mirror) {
        if (source == null) {
            return 0;
        }
        return source.commits().keySet().stream()
                .filter(publish -> mirror == null || !areSame(publish, source, mirror))
                .count();
    }
}
