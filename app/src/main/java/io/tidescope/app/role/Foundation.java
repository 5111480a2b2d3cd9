package io.tidescope.app.role;

import io.tidescope.app.health.KafkaHealth;
import io.tidescope.schemas.KafkaConnection;
import io.tidescope.schemas.Topic;
import io.tidescope.schemas.Topics;
import io.tidescope.schemas.registry.HttpSchemaRegistry;

import java.util.List;
import java.util.function.Supplier;

/** Puts what every role stands on among the components whose health is told. */
public final class Foundation {
    private Foundation() {}

    /** Kafka, with the topics of the deployment. */
    public static void watch(Surroundings surroundings, KafkaConnection kafka, Topics topics) {
        watch(surroundings, kafka, topics::all);
    }

    /** Kafka, with the topics that are used at the time. */
    public static void watch(
            Surroundings surroundings, KafkaConnection kafka, Supplier<List<Topic>> topics) {
        surroundings
                .health()
                .add(
                        "kafka",
                        surroundings
                                .parts()
                                .add(
                                        "kafka health",
                                        new KafkaHealth(
                                                kafka,
                                                () ->
                                                        topics.get().stream()
                                                                .map(Topic::name)
                                                                .toList())));
    }

    /** The schema registry. */
    public static void watch(Surroundings surroundings, HttpSchemaRegistry registry) {
        surroundings
                .health()
                .add(
                        "registry",
                        () -> {
                            registry.check();
                            return List.of();
                        });
    }
}
