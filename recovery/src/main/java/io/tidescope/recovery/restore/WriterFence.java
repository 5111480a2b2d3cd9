package io.tidescope.recovery.restore;

import io.tidescope.schemas.KafkaProblem;
import io.tidescope.schemas.TideScopeException;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TransactionListing;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/**
 * Fences those who write with transactions: what they have under way is given up, which would hide
 * all that is written behind it for a minute, and they cannot write any more.
 */
public final class WriterFence {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private WriterFence() {}

    /**
     * @param ids which transactional ids
     * @throws TideScopeException UNAVAILABLE when the cluster does not answer
     */
    public static void fence(Admin admin, Predicate<String> ids) throws InterruptedException {
        try {
            List<String> writers =
                    admin
                            .listTransactions()
                            .all()
                            .get(LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                            .stream()
                            .map(TransactionListing::transactionalId)
                            .filter(ids)
                            .toList();
            if (!writers.isEmpty()) {
                admin.fenceProducers(writers).all().get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (ExecutionException | TimeoutException e) {
            throw KafkaProblem.of("did not fence who writes", e);
        }
    }
}
