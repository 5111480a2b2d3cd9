package io.tidescope.app.role;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.tidescope.app.config.RegionConfiguration;
import io.tidescope.ingest.PublishPermit;
import io.tidescope.recovery.object.ObjectStore;
import io.tidescope.recovery.region.RegionEpoch;
import io.tidescope.recovery.region.RegionLease;
import io.tidescope.recovery.region.RegionWitness;
import io.tidescope.schemas.TideScopeException;

import java.util.List;

/** What a process of one of two regions publishes by, and what it tells of that. */
final class RegionMembership {
    private final String region;
    private final RegionLease lease;

    private RegionMembership(String region, RegionLease lease) {
        this.region = region;
        this.lease = lease;
    }

    /** Begins to ask the witness; that it does not answer yet keeps nothing from starting. */
    static RegionMembership start(RegionConfiguration configuration, Surroundings surroundings) {
        Parts parts = surroundings.parts();
        ObjectStore store = parts.add("witness", ArchiveStore.open(configuration.witness()));
        RegionLease lease =
                parts.add(
                        "region lease",
                        RegionLease.start(
                                new RegionWitness(store),
                                configuration.name(),
                                configuration.lease()));
        RegionMembership membership = new RegionMembership(configuration.name(), lease);
        surroundings.health().add("region", membership::problems);
        membership.measure(surroundings.meters());
        return membership;
    }

    PublishPermit permit() {
        return lease::requireActive;
    }

    /** Another region that publishes is none. */
    private List<String> problems() {
        RegionEpoch unused = lease.require();
        return List.of();
    }

    private void measure(MeterRegistry meters) {
        Gauge.builder("tide_scope_ast_region_active", this, each -> each.isActive() ? 1 : 0)
                .description("Whether this region publishes, as far as that is known for sure")
                .tag("region", region)
                .register(meters);
        Gauge.builder("tide_scope_ast_region_known", this, each -> each.isKnown() ? 1 : 0)
                .description("Whether it is known which region publishes")
                .tag("region", region)
                .register(meters);
        Gauge.builder(
                        "tide_scope_ast_region_epoch",
                        lease,
                        each -> each.epoch().map(RegionEpoch::number).orElse(0L))
                .description("The newest epoch of the regions that was heard of; 0 for none")
                .register(meters);
    }

    private boolean isKnown() {
        try {
            RegionEpoch unused = lease.require();
            return true;
        } catch (TideScopeException e) {
            return false;
        }
    }

    private boolean isActive() {
        try {
            return lease.require().mayPublish(region);
        } catch (TideScopeException e) {
            return false;
        }
    }

    /** Which region publishes, or why that is not known; for people. */
    String status() {
        try {
            return lease.require().describe();
        } catch (TideScopeException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
