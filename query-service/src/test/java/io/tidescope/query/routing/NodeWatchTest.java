package io.tidescope.query.routing;

import static io.tidescope.query.routing.FakeCluster.SETTINGS;
import static io.tidescope.query.routing.FakeCluster.eventually;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidescope.query.InMemoryStore;
import io.tidescope.store.query.Consistency;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.List;

@Timeout(60)
class NodeWatchTest {
    private static final RoutingSettings IMPATIENT =
            new RoutingSettings(
                    Duration.ofMillis(20),
                    Duration.ofMillis(100),
                    Duration.ofMillis(200),
                    Duration.ofSeconds(60),
                    SETTINGS.hedgeAfter(),
                    SETTINGS.moving(),
                    4,
                    4);

    private final FakeNode node = new FakeNode("a", 1, new InMemoryStore(1)).active(0);
    private final NodeWatch watch = new NodeWatch(List.of("a:1"), address -> node, IMPATIENT);
    private final Routes routes = new Routes(IMPATIENT);

    @Test
    void nodesAreNotGoneBecauseThisProcessWasStopped() {
        try (watch) {
            watch.start();
            eventually(this::isHeld);
            long stopped = System.nanoTime();
            // Nobody can look at anything meanwhile.
            synchronized (watch) {
                eventually(() -> System.nanoTime() - stopped > 3 * IMPATIENT.gone().toNanos());
                assertThat(isHeld()).isTrue();
            }
            int looks = node.looks.get();
            while (node.looks.get() < looks + 3) {
                assertThat(isHeld()).isTrue();
            }
        }
    }

    private boolean isHeld() {
        return routes.isHeld(watch.view(), 0, Consistency.AVAILABLE, watch.now());
    }
}
