package io.tidescope.recovery.region;

import io.tidescope.schemas.KafkaProblem;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.schemas.Topic;
import io.tidescope.schemas.event.RefState;
import io.tidescope.schemas.registry.HttpSchemaRegistry;

import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Which epochs there were, by what regions keep themselves: a witness that has lost its own would
 * give their numbers again, to other publishes and to the mirror of another log.
 *
 * @param newest the {@code since} of the newest one that there is something of, such as a publish
 *     or a mirror of the other region; 0 when there is nothing
 * @param isLogHere whether there is a log in the own region
 * @param isPeerKnown whether the other region has answered
 */
record PastEpochs(long newest, boolean isLogHere, boolean isPeerKnown) {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    /**
     * Reads the logs, which takes its time.
     *
     * @param peer the other region; null when it cannot be reached at all
     * @param says told why what the other region knows is not known
     * @throws TideScopeException UNAVAILABLE when the own cluster or registry does not answer
     */
    static PastEpochs of(RegionCluster own, @Nullable RegionCluster peer, Consumer<String> says)
            throws InterruptedException {
        PastEpochs here = of(own);
        if (peer == null) {
            return here;
        }
        try {
            ClusterReach.require(peer);
            return new PastEpochs(Math.max(here.newest, of(peer).newest), here.isLogHere, true);
        } catch (TideScopeException e) {
            says.accept(
                    "of which epochs %s knows is not known: %s"
                            .formatted(peer.name(), e.getMessage()));
            return here;
        }
    }

    private static PastEpochs of(RegionCluster region) throws InterruptedException {
        Set<String> topics = topics(region);
        long mirrored =
                topics.stream()
                        .mapToLong(each -> MirrorProperties.sinceOf(each, region.kafka().names()))
                        .max()
                        .orElse(0);
        boolean hasLog =
                topics.containsAll(region.topics().published().stream().map(Topic::name).toList());
        return new PastEpochs(
                hasLog ? Math.max(mirrored, published(region)) : mirrored, hasLog, false);
    }

    private static Set<String> topics(RegionCluster region) throws InterruptedException {
        try (Admin admin = Admin.create(region.kafka().clientProperties())) {
            return admin.listTopics().names().get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw KafkaProblem.of("of region %s did not answer".formatted(region.name()), e);
        }
    }

    private static long published(RegionCluster region) {
        try (HttpSchemaRegistry registry = new HttpSchemaRegistry(region.registry())) {
            return LogAudit.of(region.kafka(), region.topics(), registry).stream()
                    .mapToLong(PastEpochs::newest)
                    .filter(publish -> publish > 0)
                    .map(RegionEpoch::sinceOf)
                    .max()
                    .orElse(0);
        }
    }

    /** Publishers go on behind what they know of, even if the log has nothing of it. */
    private static long newest(RefAudit audit) {
        RefState state = audit.state();
        return Math.max(audit.begun(), state == null ? 0 : state.getSequence());
    }
}
