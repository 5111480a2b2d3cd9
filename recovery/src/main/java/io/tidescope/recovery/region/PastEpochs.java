package io.tidescope.recovery.region;

import io.tidescope.schemas.KafkaProblem;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.schemas.Topic;
import io.tidescope.schemas.event.RefState;
import io.tidescope.schemas.registry.HttpSchemaRegistry;

import org.apache.kafka.clients.admin.Admin;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Which epochs there were, by what regions keep themselves: a witness that has lost its own would
 * give their numbers again, to other publishes and to the mirror of another log.
 */
final class PastEpochs {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private PastEpochs() {}

    /**
     * The {@code since} of the newest epoch that there is something of in a region, such as a
     * publish or a mirror of the other one; 0 when there is nothing. It takes as long as reading
     * the log.
     *
     * @throws TideScopeException UNAVAILABLE when its cluster or registry does not answer
     */
    static long newest(RegionCluster region) throws InterruptedException {
        Set<String> topics = topics(region);
        long mirrored =
                topics.stream()
                        .mapToLong(each -> MirrorProperties.sinceOf(each, region.kafka().names()))
                        .max()
                        .orElse(0);
        boolean started =
                topics.containsAll(region.topics().published().stream().map(Topic::name).toList());
        return started ? Math.max(mirrored, published(region)) : mirrored;
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
