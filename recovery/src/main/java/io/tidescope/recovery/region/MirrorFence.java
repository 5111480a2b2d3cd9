package io.tidescope.recovery.region;

import io.tidescope.schemas.KafkaProblem;
import io.tidescope.schemas.TideScopeException;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TransactionListing;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Ends what a mirror has left undone: a transaction of one that was killed would hide all that is
 * written behind it for a minute, and a mirror that still writes could not any more.
 */
final class MirrorFence {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private MirrorFence() {}

    /**
     * Fences all that mirror into a region.
     *
     * @throws TideScopeException UNAVAILABLE when its cluster does not answer
     */
    static void fence(RegionCluster mirroring) throws InterruptedException {
        String ours = MirrorProperties.internalPrefix(mirroring);
        try (Admin admin = Admin.create(mirroring.kafka().clientProperties())) {
            List<String> writers =
                    admin
                            .listTransactions()
                            .all()
                            .get(LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                            .stream()
                            .map(TransactionListing::transactionalId)
                            .filter(id -> id.contains(ours))
                            .toList();
            if (!writers.isEmpty()) {
                admin.fenceProducers(writers).all().get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (ExecutionException | TimeoutException e) {
            throw KafkaProblem.of(
                    "of region %s did not fence its mirror".formatted(mirroring.name()), e);
        }
    }
}
