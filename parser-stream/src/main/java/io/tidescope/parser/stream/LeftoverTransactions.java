package io.tidescope.parser.stream;

import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.KafkaConnection;
import io.tidescope.schemas.TideScopeException;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The transactions that this node's killed predecessor left open. They are aborted before the
 * start, for a thread that gets no partition, or that there is no longer, would never do it.
 */
final class LeftoverTransactions {
    private static final Logger log = LoggerFactory.getLogger(LeftoverTransactions.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private LeftoverTransactions() {}

    /**
     * Aborts every open transaction whose id is the prefix and a number.
     *
     * @throws TideScopeException UNAVAILABLE when the broker does not answer in 30 seconds
     */
    static void abort(KafkaConnection connection, String prefix) {
        try (Admin admin = Admin.create(connection.clientProperties())) {
            List<String> open =
                    admin
                            .listTransactions(
                                    new ListTransactionsOptions()
                                            .filterStates(Set.of(TransactionState.ONGOING)))
                            .all()
                            .get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                            .stream()
                            .map(TransactionListing::transactionalId)
                            .filter(id -> isOf(id, prefix))
                            .toList();
            if (!open.isEmpty()) {
                log.atInfo()
                        .addKeyValue("transactions", open)
                        .log("Aborting transactions left open");
                admin.fenceProducers(open).all().get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (ExecutionException | TimeoutException e) {
            throw unavailable(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable(e);
        }
    }

    /** Another node's name may start with this node's; behind its own there is only a number. */
    private static boolean isOf(String id, String prefix) {
        return id.startsWith(prefix)
                && id.substring(prefix.length()).chars().allMatch(Character::isDigit);
    }

    private static TideScopeException unavailable(Exception cause) {
        return new TideScopeException(
                ErrorCode.UNAVAILABLE,
                "the broker did not tell which transactions are open: " + cause.getMessage(),
                cause);
    }
}
