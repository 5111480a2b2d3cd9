package io.tidescope.schemas.registry;

import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.KafkaConnection;
import io.tidescope.schemas.TideScopeException;

import org.apache.avro.Schema;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;

/**
 * A schema registry for one node: what it knows is in the {@code _schemas} topic in Confluent's
 * format, and it serves the part of Confluent's REST protocol that clients use, on loopback. In its
 * own process it is a {@link SchemaRegistry} without HTTP.
 *
 * <p>There must be one of it at a time: it does not look at what others write to the topic.
 */
public final class EmbeddedRegistry implements SchemaRegistry, AutoCloseable {
    private final SchemasTopic topic;
    private final Subjects subjects;
    private final RegistryHttp http;

    private EmbeddedRegistry(SchemasTopic topic, Subjects subjects, RegistryHttp http) {
        this.topic = topic;
        this.subjects = subjects;
        this.http = http;
    }

    /**
     * Reads what was registered before, and serves.
     *
     * @param port to listen on, on loopback; 0 for any that is free
     * @param replication replicas of the topic, should it be missing; -1 for the broker's default
     * @throws TideScopeException UNAVAILABLE when the broker does not answer, PRECONDITION_FAILED
     *     when the port is in use
     */
    public static EmbeddedRegistry start(KafkaConnection connection, int port, short replication) {
        SchemasTopic topic = new SchemasTopic(connection);
        try {
            topic.ensure(replication);
            RegistryState state = topic.read();
            Subjects subjects = new Subjects(state, topic::write);
            if (state.findLevel(null).isEmpty()) {
                subjects.setLevel(null, CompatibilityLevel.DEFAULT);
            }
            return new EmbeddedRegistry(topic, subjects, serve(subjects, port));
        } catch (RuntimeException e) {
            topic.close();
            throw e;
        }
    }

    /** Where the protocol's paths start. */
    public URI uri() {
        return http.uri();
    }

    @Override
    public int register(String subject, Schema schema) {
        return subjects.register(subject, schema);
    }

    @Override
    public Schema read(int id) {
        return subjects.read(id);
    }

    @Override
    public void close() {
        http.close();
        topic.close();
    }

    private static RegistryHttp serve(Subjects subjects, int port) {
        try {
            return new RegistryHttp(
                    subjects, new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            throw new TideScopeException(
                    ErrorCode.PRECONDITION_FAILED,
                    "the schema registry cannot listen on port %d: %s; choose another port"
                            .formatted(port, e.getMessage()),
                    e);
        }
    }
}
