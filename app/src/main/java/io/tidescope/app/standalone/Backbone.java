package io.tidescope.app.standalone;

import io.tidescope.app.broker.BrokerProcess;
import io.tidescope.app.role.ClusterCheck;
import io.tidescope.app.role.Parts;
import io.tidescope.schemas.KafkaConnection;
import io.tidescope.schemas.Replication;
import io.tidescope.schemas.Topic;
import io.tidescope.schemas.registry.EmbeddedRegistry;
import io.tidescope.schemas.registry.HttpSchemaRegistry;
import io.tidescope.schemas.registry.SchemaRegistry;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;

/**
 * The Kafka cluster and the schema registry everything works on, embedded or elsewhere.
 *
 * @param registryUri where clients of other processes reach the registry
 */
public record Backbone(KafkaConnection kafka, SchemaRegistry registry, URI registryUri) {
    /** Reaches a cluster that runs elsewhere, and makes sure of some topics. */
    static Backbone of(
            StandaloneSettings.Cluster cluster, List<Topic> topics, Replication replication) {
        Backbone backbone = to(cluster);
        ClusterCheck.ensureTopics(backbone.kafka(), topics, replication);
        return backbone;
    }

    /** Reaches a cluster whose topics are there. */
    static Backbone to(StandaloneSettings.Cluster cluster) {
        return new Backbone(
                KafkaConnection.to(cluster.bootstrapServers()),
                new HttpSchemaRegistry(cluster.registry()),
                cluster.registry());
    }

    /**
     * Starts broker and registry on the data directory, and makes sure of some topics.
     *
     * @param lost called when the broker has died for good
     */
    static Backbone embedded(
            DataDirectory data,
            List<String> brokerJava,
            List<Topic> topics,
            Parts parts,
            Runnable lost)
            throws InterruptedException {
        data.requireWithout(
                data.brokers(),
                "belongs to 'tidescope cluster up'; choose another directory with --data");
        BrokerProcess broker =
                parts.add(
                        "broker",
                        new BrokerProcess(brokerJava, data.broker(), data.logs(), 1, lost));
        KafkaConnection kafka = broker.start();
        EmbeddedRegistry registry =
                parts.add(
                        "schema registry",
                        EmbeddedRegistry.start(
                                kafka,
                                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                                Replication.BROKERS_DEFAULT));
        ClusterCheck.ensureTopics(kafka, topics, Replication.BROKERS_DEFAULT);
        return new Backbone(kafka, registry, registry.uri());
    }
}
