package io.tidescope.schemas.registry;

import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.KafkaConnection;
import io.tidescope.schemas.Replication;
import io.tidescope.schemas.TideScopeException;

import org.apache.avro.Schema;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A schema registry for one node: what it knows is in the {@code _schemas} topic in Confluent's
 * format, and it serves the part of Confluent's REST protocol that clients use. In its own process
 * it is a {@link SchemaRegistry} without HTTP.
 *
 * <p>There is one of it at a time, for it does not look at what others write to the topic: another
 * one that is started takes over, and this one {@linkplain #failure fails} at its next write.
 */
public final class EmbeddedRegistry implements SchemaRegistry, AutoCloseable {
    private final SchemasTopic topic;
    private final Subjects subjects;
    private final RegistryHttp http;
    private final CompletableFuture<Void> failure;

    private EmbeddedRegistry(
            SchemasTopic topic,
            Subjects subjects,
            RegistryHttp http,
            CompletableFuture<Void> failure) {
        this.topic = topic;
        this.subjects = subjects;
        this.http = http;
        this.failure = failure;
    }

    /**
     * Reads what was registered before, and serves.
     *
     * @param address to listen on; port 0 for any that is free
     * @param replication how the topic is replicated, should it be missing
     * @throws TideScopeException UNAVAILABLE when the broker does not answer, PRECONDITION_FAILED
     *     when the port is in use
     */
    public static EmbeddedRegistry start(
            KafkaConnection connection, InetSocketAddress address, Replication replication) {
        // First of all: whoever cannot have it must not take over from another one that works.
        RegistryHttp http = bind(address);
        SchemasTopic topic;
        try {
            topic = new SchemasTopic(connection);
        } catch (RuntimeException e) {
            http.close();
            throw e;
        }
        try {
            topic.ensure(replication);
            topic.takeOver();
            RegistryState state = topic.read();
            CompletableFuture<Void> failure = new CompletableFuture<>();
            Subjects subjects = new Subjects(state, record -> write(topic, record, failure));
            if (state.findLevel(null).isEmpty()) {
                subjects.setLevel(null, CompatibilityLevel.DEFAULT);
            }
            http.serve(subjects);
            return new EmbeddedRegistry(topic, subjects, http, failure);
        } catch (RuntimeException e) {
            http.close();
            topic.close();
            throw e;
        }
    }

    private static void write(
            SchemasTopic topic, RegistryRecord record, CompletableFuture<Void> failure) {
        try {
            topic.write(record);
        } catch (TideScopeException e) {
            if (topic.isBroken()) {
                failure.completeExceptionally(e);
            }
            throw e;
        }
    }

    /**
     * Fails when nothing can be registered any more: another registry has taken over, or it is not
     * known what was kept. Never completes otherwise.
     */
    public CompletionStage<Void> failure() {
        return failure.minimalCompletionStage();
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

    private static RegistryHttp bind(InetSocketAddress address) {
        try {
            return RegistryHttp.bind(address);
        } catch (IOException e) {
            throw new TideScopeException(
                    ErrorCode.PRECONDITION_FAILED,
                    "the schema registry cannot listen on port %d of %s: %s; choose another port"
                            .formatted(address.getPort(), address.getHostString(), e.getMessage()),
                    e);
        }
    }
}
