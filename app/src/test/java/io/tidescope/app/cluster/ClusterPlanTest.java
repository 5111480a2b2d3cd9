package io.tidescope.app.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidescope.app.config.Configuration;
import io.tidescope.app.config.Role;
import io.tidescope.app.config.TracingConfiguration;
import io.tidescope.schemas.KafkaConnection;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

class ClusterPlanTest {
    @TempDir private Path root;

    @Test
    void nodesSendTheirTracesWhereTheClusterIsToldTo() throws IOException {
        URI receiver = URI.create("http://127.0.0.1:4318");
        TracingConfiguration store =
                store(new TracingConfiguration("tidescope", null, receiver, 0.0001));

        assertThat(store.endpoint()).isEqualTo(receiver);
        assertThat(store.sample()).isEqualTo(0.0001);
        assertThat(store.service()).isEqualTo("tidescope-store");
        assertThat(store.instance()).isEqualTo("store-1");
        assertThat(store(TracingConfiguration.OFF).endpoint()).isNull();
    }

    /** What the first store of such a cluster is configured with. */
    private TracingConfiguration store(TracingConfiguration tracing) throws IOException {
        Files.createDirectories(root.resolve("logs"));
        LocalClusterSettings settings =
                new LocalClusterSettings(
                        List.of(), 1, 1, 1, 1, 0, 2, tracing, List.of(), role -> List.of());
        ClusterPlan plan = new ClusterPlan(settings, KafkaConnection.to("127.0.0.1:1"), root);
        ClusterNode store = plan.inOrder().get(1).getFirst();
        return new Configuration(plan.configure(store), Map.of()).tracing(Role.STORE);
    }
}
