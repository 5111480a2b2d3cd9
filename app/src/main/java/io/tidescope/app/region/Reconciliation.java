package io.tidescope.app.region;

import io.tidescope.recovery.region.RegionCluster;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.RefKey;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.schemas.event.RefState;
import io.tidescope.schemas.registry.AvroSerde;
import io.tidescope.schemas.registry.HttpSchemaRegistry;
import io.tidescope.schemas.repositories.RefStateTail;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Waits until refs of which something is missing are published as git has them. */
final class Reconciliation {
    private static final Duration LOOK = Duration.ofSeconds(2);
    private static final Duration PAUSE = Duration.ofMillis(250);

    private Reconciliation() {}

    /**
     * Those of the refs that are not within the limit, as far as that can be read.
     *
     * @throws TideScopeException when what publishers wrote down is damaged, or the registry does
     *     not know its schema
     */
    static List<RefKey> await(RegionCluster region, Collection<RefKey> refs, Duration limit)
            throws InterruptedException {
        if (refs.isEmpty()) {
            return List.of();
        }
        String topic = region.kafka().names().repositories();
        try (HttpSchemaRegistry registry = new HttpSchemaRegistry(region.registry());
                RefStateTail tail =
                        new RefStateTail(
                                region.kafka(),
                                AvroSerde.forValue(topic, RefState.class, registry))) {
            return await(() -> look(tail), refs, limit);
        }
    }

    /**
     * The same of whatever tells how far refs are published.
     *
     * @param looks what is published by now, each time it is asked
     */
    static List<RefKey> await(
            Supplier<Map<RefKey, RefState>> looks, Collection<RefKey> refs, Duration limit)
            throws InterruptedException {
        long until = System.nanoTime() + limit.toNanos();
        List<RefKey> open = new ArrayList<>(refs);
        while (true) {
            Map<RefKey, RefState> states = looks.get();
            open.removeIf(ref -> isPublished(states.get(ref)));
            if (open.isEmpty() || System.nanoTime() - until > 0) {
                return List.copyOf(open);
            }
            Thread.sleep(PAUSE);
        }
    }

    /** The end may be hidden behind a publish, or the registry be away: the next look sees more. */
    private static Map<RefKey, RefState> look(RefStateTail tail) {
        try {
            tail.catchUp(LOOK);
        } catch (TideScopeException e) {
            if (e.code() != ErrorCode.UNAVAILABLE) {
                throw e;
            }
        }
        return tail.states();
    }

    private static boolean isPublished(@Nullable RefState state) {
        return state != null && state.getProgress() == null;
    }
}
