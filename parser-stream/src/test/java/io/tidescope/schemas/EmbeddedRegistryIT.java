package io.tidescope.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidescope.schemas.event.DocumentRecord;
import io.tidescope.schemas.event.ParseFailure;
import io.tidescope.schemas.registry.EmbeddedRegistry;
import io.tidescope.schemas.registry.HttpSchemaRegistry;
import io.tidescope.testing.TestBroker;

import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/**
 * {@link EmbeddedRegistry} with a broker; in this module, for test-support depends on the other.
 */
class EmbeddedRegistryIT {
    private static final Schema INCOMPATIBLE =
            SchemaBuilder.record(ParseFailure.class.getName())
                    .fields()
                    .requiredInt("somethingElse")
                    .endRecord();

    private final TestBroker broker = TestBroker.start();

    @AfterEach
    void close() {
        broker.close();
    }

    @Test
    void idsAndSchemasSurviveARestart() {
        int failures;
        int documents;
        try (EmbeddedRegistry registry = start(0);
                HttpSchemaRegistry client = new HttpSchemaRegistry(registry.uri())) {
            failures = client.register("failures", ParseFailure.getClassSchema());
            documents = registry.register("documents", DocumentRecord.getClassSchema());
            assertThat(client.read(documents)).isEqualTo(DocumentRecord.getClassSchema());
        }

        try (EmbeddedRegistry registry = start(0);
                HttpSchemaRegistry client = new HttpSchemaRegistry(registry.uri())) {
            assertThat(client.read(failures)).isEqualTo(ParseFailure.getClassSchema());
            assertThat(client.register("documents", DocumentRecord.getClassSchema()))
                    .isEqualTo(documents);
            assertThat(client.register("new", Schema.create(Schema.Type.STRING)))
                    .isGreaterThan(Math.max(failures, documents));
            assertThatThrownBy(() -> client.register("failures", INCOMPATIBLE))
                    .isInstanceOfSatisfying(
                            TideScopeException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT));
        }
    }

    @Test
    void aPortInUseIsToldWithTheWayOut() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> start(taken.getLocalPort()))
                    .isInstanceOfSatisfying(
                            TideScopeException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.PRECONDITION_FAILED))
                    .hasMessageContaining("port " + taken.getLocalPort());
        }
    }

    @Test
    void oneThatCannotHaveItsPortLeavesAnotherAlone() {
        try (EmbeddedRegistry first = start(0)) {
            assertThatThrownBy(() -> start(first.uri().getPort()))
                    .hasMessageContaining("cannot listen on port");

            assertThat(first.register("left-alone", Schema.create(Schema.Type.LONG))).isPositive();
            assertThat(first.failure().toCompletableFuture()).isNotDone();
        }
    }

    @Test
    void aSecondRegistryTakesOverAndTheFirstFailsAtItsNextWrite() {
        try (EmbeddedRegistry first = start(0)) {
            int failures = first.register("failures", ParseFailure.getClassSchema());
            try (EmbeddedRegistry second = start(0)) {
                assertThat(second.register("documents", DocumentRecord.getClassSchema()))
                        .isNotEqualTo(failures);

                assertThatThrownBy(() -> first.register("more", Schema.create(Schema.Type.STRING)))
                        .hasMessageContaining("another schema registry has taken over");
                assertThat(first.failure().toCompletableFuture()).isCompletedExceptionally();
                assertThat(second.failure().toCompletableFuture()).isNotDone();
            }
        }
    }

    private EmbeddedRegistry start(int port) {
        return EmbeddedRegistry.start(
                broker.connection(),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                Replication.BROKERS_DEFAULT);
    }
}
