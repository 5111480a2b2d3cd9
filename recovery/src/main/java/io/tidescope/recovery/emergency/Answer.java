package io.tidescope.recovery.emergency;

import io.tidescope.schemas.KafkaProblem;
import io.tidescope.schemas.TideScopeException;

import org.apache.kafka.common.KafkaFuture;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What the cluster answers, for which nobody waits for ever. */
final class Answer {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private Answer() {}

    /**
     * @throws TideScopeException as {@link KafkaProblem} says, after 30 seconds at the latest
     */
    static <T> T of(KafkaFuture<T> future) throws InterruptedException {
        try {
            return future.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw KafkaProblem.of("did not do what an emergency needs", e);
        }
    }

    /** The same; null when it fails with that exception. */
    static <T> @Nullable T unless(Class<? extends Exception> tolerated, KafkaFuture<T> future)
            throws InterruptedException {
        try {
            return of(future);
        } catch (TideScopeException e) {
            if (e.getCause() instanceof ExecutionException failed
                    && tolerated.isInstance(failed.getCause())) {
                return null;
            }
            throw e;
        }
    }
}
