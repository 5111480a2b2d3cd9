package io.tidescope.app.role;

import io.tidescope.app.config.RegistryConfiguration;
import io.tidescope.schemas.KafkaConnection;
import io.tidescope.schemas.registry.EmbeddedRegistry;
import io.tidescope.schemas.registry.HttpSchemaRegistry;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;

/** The schema registry of a cluster that has no other one. */
public final class RegistryRole implements RoleWork {
    private static final Logger log = LoggerFactory.getLogger(RegistryRole.class);

    private final RegistryConfiguration configuration;
    private volatile @Nullable EmbeddedRegistry registry;

    public RegistryRole(RegistryConfiguration configuration) {
        this.configuration = configuration;
    }

    @Override
    public void start(Surroundings surroundings) {
        if (!configuration.listen().isLoopback()) {
            log.atWarn()
                    .addKeyValue("address", configuration.listen())
                    .log(
                            "INSECURE: whoever reaches this address may add schemas, for"
                                    + " registry.insecure is true");
        }
        KafkaConnection kafka = configuration.cluster().kafka();
        Patience.of(configuration.cluster().patience(), surroundings)
                .await(() -> ClusterCheck.reach(kafka));
        EmbeddedRegistry serving =
                surroundings
                        .parts()
                        .add(
                                "schema registry",
                                EmbeddedRegistry.start(
                                        kafka,
                                        new InetSocketAddress(
                                                configuration.listen().host(),
                                                configuration.listen().port()),
                                        configuration.cluster().topics().replication()));
        serving.failure().whenComplete((nothing, failure) -> surroundings.failed(failure));
        registry = serving;
        Foundation.watch(
                surroundings, kafka, () -> List.of(configuration.cluster().topics().schemas()));
        Foundation.watch(
                surroundings,
                surroundings
                        .parts()
                        .add("schema registry client", new HttpSchemaRegistry(serving.uri())));
    }

    @Override
    public Map<String, Object> status() {
        EmbeddedRegistry serving = registry;
        return serving == null ? Map.of() : Map.of("address", serving.uri().toString());
    }
}
