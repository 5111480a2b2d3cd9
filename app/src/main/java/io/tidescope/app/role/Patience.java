package io.tidescope.app.role;

import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Waits, while a role starts, for what other processes make: brokers, topics, a registry. Whoever
 * starts many processes at once need not see to their order. What it waits for is why the role is
 * not ready.
 */
final class Patience implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Patience.class);

    private static final Duration LOOK = Duration.ofMillis(500);

    private final Readiness readiness;
    private final long until;
    private final CountDownLatch closed = new CountDownLatch(1);

    private Patience(Readiness readiness, long until) {
        this.readiness = readiness;
        this.until = until;
    }

    /**
     * @param limit for all that is waited for together; nothing is tried twice when it is zero
     */
    static Patience of(Duration limit, Surroundings surroundings) {
        return surroundings
                .parts()
                .add(
                        "start",
                        new Patience(
                                surroundings.readiness(), System.nanoTime() + limit.toNanos()));
    }

    /** Does something as soon as it can be done. */
    void await(Runnable what) {
        await(
                () -> {
                    what.run();
                    return true;
                });
    }

    /**
     * Does something as soon as it can be done.
     *
     * @throws TideScopeException why it still cannot be, or never will
     * @throws CancellationException when everything was stopped meanwhile
     */
    <T> T await(Supplier<T> what) {
        String told = "";
        while (true) {
            try {
                return what.get();
            } catch (TideScopeException e) {
                // Credentials do not become right.
                if (e.code() == ErrorCode.UNAUTHENTICATED || System.nanoTime() - until >= 0) {
                    throw e;
                }
                String why = String.valueOf(e.getMessage());
                readiness.waiting(why);
                if (!why.equals(told)) {
                    told = why;
                    log.atInfo().addKeyValue("reason", why).log("Waiting to start");
                }
            }
            pause();
        }
    }

    private void pause() {
        try {
            if (closed.await(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new CancellationException("stopped during the start");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted during the start");
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
