package io.tidescope.app.role;

import io.tidescope.app.config.GatewayConfiguration;
import io.tidescope.app.health.QueryHealth;
import io.tidescope.app.lag.ConsumerLag;
import io.tidescope.parser.parse.pattern.JavaPatternReader;
import io.tidescope.query.admin.AdminSources;
import io.tidescope.query.admin.NoReplays;
import io.tidescope.query.cache.AnswerCache;
import io.tidescope.query.http.HttpApi;
import io.tidescope.query.http.Receivers;
import io.tidescope.schemas.KafkaConnection;
import io.tidescope.schemas.event.RefState;
import io.tidescope.schemas.registry.AvroSerde;
import io.tidescope.schemas.registry.HttpSchemaRegistry;
import io.tidescope.schemas.repositories.RefStateTail;

import org.jspecify.annotations.Nullable;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** Serves the API, asking the stores; holds nothing that another gateway would need. */
public final class GatewayRole implements RoleWork {
    private final GatewayConfiguration configuration;
    private volatile @Nullable HttpApi api;

    public GatewayRole(GatewayConfiguration configuration) {
        this.configuration = configuration;
    }

    @Override
    public void start(Surroundings surroundings) {
        Parts parts = surroundings.parts();
        KafkaConnection kafka = configuration.cluster().kafka();
        Patience patience = Patience.of(configuration.cluster().patience(), surroundings);
        patience.await(() -> ClusterCheck.requireTopics(kafka, configuration.cluster().topics()));
        HttpSchemaRegistry registry =
                RegistryClient.open(configuration.registry(), parts, patience);
        Foundation.watch(surroundings, kafka, configuration.cluster().topics());
        Foundation.watch(surroundings, registry);
        AvroSerde<RefState> refStates =
                AvroSerde.forValue(kafka.names().repositories(), RefState.class, registry);
        PublishStateFeed states =
                parts.add(
                        "publish states", new PublishStateFeed(new RefStateTail(kafka, refStates)));
        String cluster = ClusterCheck.id(kafka);
        AnswerCache cache =
                GatewayCache.of(
                        configuration.cache(), cluster + ' ' + Build.version(), surroundings);
        StoreRouting routing =
                parts.add(
                        "routing",
                        StoreRouting.to(
                                configuration.stores(),
                                cluster,
                                NodeCertificates.context(
                                        configuration.tls(),
                                        InstantSource.system(),
                                        surroundings.meters()),
                                cache,
                                surroundings.tracing()));
        surroundings.readiness().require(routing::reasons);
        surroundings.health().add("repository", routing::reasons);
        surroundings.health().add("query-engine", new QueryHealth(routing.client()));
        AdminSources sources =
                new AdminSources(
                        parts.add("trial parser", new TrialParses()),
                        parts.add(
                                "consumer lag",
                                ConsumerLag.watch(
                                        kafka,
                                        configuration.cluster().topics(),
                                        surroundings.meters())),
                        routing,
                        cache,
                        new NoReplays());
        api =
                parts.add(
                        "HTTP",
                        HttpApi.start(
                                routing.client(),
                                states,
                                new JavaPatternReader(),
                                sources,
                                Receivers.NONE,
                                surroundings.meters(),
                                HttpServing.settings(
                                        configuration.listen(),
                                        configuration.timeout(),
                                        configuration.http(),
                                        List.of(),
                                        surroundings.meters()),
                                surroundings.tracing()));
    }

    @Override
    public Map<String, Object> status() {
        HttpApi serving = api;
        return serving == null
                ? Map.of()
                : Map.of("address", configuration.listen().withPort(serving.port()).toString());
    }
}
