package io.tidescope.schemas;

import java.util.HashMap;
import java.util.Map;

/**
 * How to reach a Kafka cluster, and what is ours in it.
 *
 * @param bootstrapServers {@code host:port}, several joined by commas
 * @param properties further client properties, such as TLS and SASL settings; may hold secrets
 * @param names what the deployment's topics, groups and transactional ids are called
 */
public record KafkaConnection(
        String bootstrapServers, Map<String, String> properties, Namespace names) {
    public KafkaConnection {
        properties = Map.copyOf(properties);
    }

    /** Without encryption, credentials or prefix. */
    public static KafkaConnection to(String bootstrapServers) {
        return new KafkaConnection(bootstrapServers, Map.of(), Namespace.NONE);
    }

    /** The same deployment with another index. */
    public KafkaConnection withIndex(String index) {
        return new KafkaConnection(bootstrapServers, properties, names.withIndex(index));
    }

    /** Properties to start a client's configuration from. */
    public Map<String, Object> clientProperties() {
        Map<String, Object> all = new HashMap<>(properties);
        all.put("bootstrap.servers", bootstrapServers);
        return all;
    }

    /** Without the properties, which may hold secrets. */
    @Override
    public String toString() {
        return "KafkaConnection[" + bootstrapServers + "]";
    }
}
