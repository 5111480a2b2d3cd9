package io.tidescope.app.role;

import io.tidescope.app.config.ParserConfiguration;
import io.tidescope.app.health.ParserHealth;
import io.tidescope.parser.parse.JavaSourceParser;
import io.tidescope.parser.stream.ParserNode;
import io.tidescope.schemas.KafkaConnection;
import io.tidescope.schemas.registry.HttpSchemaRegistry;

import java.util.List;
import java.util.Map;

/** Parses its share of what is published. */
public final class ParserRole implements RoleWork {
    private final ParserConfiguration configuration;

    public ParserRole(ParserConfiguration configuration) {
        this.configuration = configuration;
    }

    @Override
    public void start(Surroundings surroundings) {
        KafkaConnection kafka = configuration.cluster().kafka();
        Patience patience = Patience.of(configuration.cluster().patience(), surroundings);
        patience.await(() -> ClusterCheck.requireTopics(kafka, configuration.cluster().topics()));
        HttpSchemaRegistry registry =
                RegistryClient.open(configuration.registry(), surroundings.parts(), patience);
        Foundation.watch(surroundings, kafka, configuration.cluster().topics());
        Foundation.watch(surroundings, registry);
        surroundings.health().add("parser", new ParserHealth());
        ParserNode parser =
                surroundings
                        .parts()
                        .add(
                                "parser",
                                new ParserNode(
                                        kafka,
                                        configuration.settings(),
                                        registry,
                                        new JavaSourceParser()::parse,
                                        surroundings.meters(),
                                        surroundings.tracing()));
        parser.failure().whenComplete((nothing, failure) -> surroundings.failed(failure));
        surroundings
                .readiness()
                .require(
                        () ->
                                parser.isRunning()
                                        ? List.of()
                                        : List.of("partitions are being assigned"));
        parser.start();
    }

    @Override
    public Map<String, Object> status() {
        return Map.of("node", configuration.settings().nodeId());
    }
}
