package io.tidescope.app.health;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The components of a process, looked at when somebody asks. All are looked at at the same time;
 * one that does not come back in time is down, and is not looked at again until it does. Safe for
 * concurrent use.
 */
public final class HealthBoard implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(HealthBoard.class);

    /** How long whoever asks waits for a component. */
    static final Duration PATIENCE = Duration.ofSeconds(3);

    /** However often somebody asks, a component is looked at once in this time. */
    static final Duration KEPT = Duration.ofSeconds(1);

    private final Map<String, Component> components = new ConcurrentSkipListMap<>();
    private final ExecutorService threads =
            Executors.newCachedThreadPool(
                    Thread.ofPlatform().daemon().name("health-", 0).factory());
    private final Duration patience;
    private final Duration kept;

    public HealthBoard() {
        this(PATIENCE, KEPT);
    }

    HealthBoard(Duration patience, Duration kept) {
        this.patience = patience;
        this.kept = kept;
    }

    /** Adds a component; its name is part of what operators build on. */
    public void add(String name, HealthCheck check) {
        components.put(name, new Component(name, check));
    }

    /** How each component is, by name in order. */
    public Map<String, ComponentHealth> look() {
        Map<String, Look> looks = new LinkedHashMap<>();
        components.forEach((name, component) -> looks.put(name, component.look()));
        Map<String, ComponentHealth> found = new LinkedHashMap<>();
        looks.forEach((name, look) -> found.put(name, await(look)));
        return found;
    }

    /** A look at a component, which may have been begun for somebody else. */
    private record Look(Future<ComponentHealth> found, long begun) {}

    private ComponentHealth await(Look look) {
        // Whoever comes later does not wait for it longer than the first.
        long end = look.begun() + patience.toNanos();
        try {
            return look.found().get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return down("no answer after %d ms".formatted(patience.toMillis()));
        } catch (ExecutionException e) {
            return down(String.valueOf(e.getCause()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return down("interrupted");
        }
    }

    private ComponentHealth down(String reason) {
        return new ComponentHealth(List.of(reason), patience.toMillis());
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    /** A component, and the last look at it. */
    private final class Component {
        private final String name;
        private final HealthCheck check;
        private @Nullable Look last;

        Component(String name, HealthCheck check) {
            this.name = name;
            this.check = check;
        }

        synchronized Look look() {
            Look known = last;
            long now = System.nanoTime();
            if (known == null
                    || (known.found().isDone() && now - known.begun() >= kept.toNanos())) {
                known = new Look(start(), now);
                last = known;
            }
            return known;
        }

        private Future<ComponentHealth> start() {
            try {
                return threads.submit(this::tried);
            } catch (RejectedExecutionException e) {
                return CompletableFuture.completedFuture(
                        new ComponentHealth(List.of("the process stops"), 0));
            }
        }

        private ComponentHealth tried() {
            long start = System.nanoTime();
            List<String> reasons;
            try {
                reasons = check.problems();
            } catch (Exception e) {
                log.atDebug().addKeyValue("component", name).setCause(e).log("Not well");
                reasons = List.of(e.getMessage() == null ? e.toString() : e.getMessage());
            }
            return new ComponentHealth(reasons, (System.nanoTime() - start) / 1_000_000);
        }
    }
}
