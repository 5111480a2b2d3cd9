package io.tidescope.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidescope.schemas.event.ParseFailure;
import io.tidescope.schemas.registry.AvroSerde;
import io.tidescope.schemas.registry.HttpSchemaRegistry;
import io.tidescope.testing.Eventually;

import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The registry client and the wire format against a real Apicurio Registry, which the build unpacks
 * into {@code target/apicurio}; it runs as a child process and keeps everything in memory.
 */
class ApicurioRegistryIT {
    private static final Duration START_LIMIT = Duration.ofSeconds(120);
    private static final ParseFailure FAILURE =
            ParseFailure.newBuilder()
                    .setRepository("o/r")
                    .setRef("refs/heads/main")
                    .setPath("A.java")
                    .setSequence(1)
                    .setCommit("c")
                    .setBlob("b")
                    .setSize(2)
                    .setCode("timeout")
                    .setMessage("took too long")
                    .build();

    private static Process apicurio;
    private static URI base;
    private static HttpClient http;

    @BeforeAll
    static void start() throws Exception {
        int port = freePort();
        base = URI.create("http://127.0.0.1:" + port + "/apis/ccompat/v7");
        http = HttpClient.newHttpClient();
        apicurio =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx256m",
                                "-Dquarkus.http.host=127.0.0.1",
                                "-Dquarkus.http.port=" + port,
                                "-Dquarkus.management.host=127.0.0.1",
                                "-Dquarkus.management.port=0",
                                "-Dapicurio.storage.kind=sql",
                                "-jar",
                                "quarkus-run.jar")
                        .directory(Path.of("target/apicurio").toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(Path.of("target/apicurio.log").toFile())
                        .start();
        Eventually.until(
                START_LIMIT,
                "Apicurio Registry to answer",
                ApicurioRegistryIT::answers,
                () -> "alive: " + apicurio.isAlive() + ", see target/apicurio.log");
        put("/config", "{\"compatibility\":\"FULL_TRANSITIVE\"}");
    }

    @AfterAll
    static void stop() throws InterruptedException {
        apicurio.destroyForcibly().waitFor();
        http.close();
    }

    @Test
    void recordsAreWrittenAndReadByProcessesThatShareOnlyTheRegistry() {
        byte[] bytes = serde("shared").serialize(FAILURE);

        assertThat(serde("shared").deserialize(ByteBuffer.wrap(bytes))).isEqualTo(FAILURE);
    }

    @Test
    void aSchemaIsRegisteredOnce() {
        try (HttpSchemaRegistry one = new HttpSchemaRegistry(base);
                HttpSchemaRegistry other = new HttpSchemaRegistry(base)) {
            int id = one.register("once-value", ParseFailure.getClassSchema());

            assertThat(other.register("once-value", ParseFailure.getClassSchema())).isEqualTo(id);
            assertThat(other.read(id).getFullName()).isEqualTo(ParseFailure.class.getName());
        }
    }

    @Test
    void aRecordOfANewerSchemaIsRead() throws IOException {
        AvroSerde<ParseFailure> current = serde("newer");
        current.serialize(FAILURE);
        Schema newer = withField(new Schema.Field("added", type(Schema.Type.INT), "new", 7));
        int id;
        try (HttpSchemaRegistry registry = new HttpSchemaRegistry(base)) {
            id = registry.register("newer-value", newer);
        }

        assertThat(current.deserialize(ByteBuffer.wrap(write(newer, id)))).isEqualTo(FAILURE);
    }

    @Test
    void anIncompatibleSchemaIsRefused() {
        serde("guarded").serialize(FAILURE);
        Schema incompatible = withField(new Schema.Field("added", type(Schema.Type.INT)));

        try (HttpSchemaRegistry registry = new HttpSchemaRegistry(base)) {
            assertThatThrownBy(() -> registry.register("guarded-value", incompatible))
                    .isInstanceOfSatisfying(
                            TideScopeException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT));
        }
    }

    @Test
    void anUnknownIdIsNotFound() {
        try (HttpSchemaRegistry registry = new HttpSchemaRegistry(base)) {
            assertThatThrownBy(() -> registry.read(123_456))
                    .isInstanceOfSatisfying(
                            TideScopeException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_FOUND));
        }
    }

    private static AvroSerde<ParseFailure> serde(String topic) {
        return AvroSerde.forValue(topic, ParseFailure.class, new HttpSchemaRegistry(base));
    }

    private static Schema type(Schema.Type type) {
        return Schema.create(type);
    }

    /** The failure's schema as another language would write it, with one field more. */
    private static Schema withField(Schema.Field added) {
        Schema current = ParseFailure.getClassSchema();
        List<Schema.Field> fields = new ArrayList<>();
        current.getFields().forEach(field -> fields.add(new Schema.Field(field, field.schema())));
        fields.add(added);
        return Schema.createRecord(
                current.getName(), current.getDoc(), current.getNamespace(), false, fields);
    }

    private static byte[] write(Schema schema, int id) throws IOException {
        GenericRecord record = new GenericData.Record(schema);
        FAILURE.getSchema()
                .getFields()
                .forEach(field -> record.put(field.name(), FAILURE.get(field.pos())));
        record.put("added", 9);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(ByteBuffer.allocate(5).put((byte) 0).putInt(id).array());
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        new GenericDatumWriter<GenericRecord>(schema).write(record, encoder);
        encoder.flush();
        return bytes.toByteArray();
    }

    private static boolean answers() {
        try {
            return http.send(
                                    HttpRequest.newBuilder(URI.create(base + "/subjects"))
                                            .timeout(Duration.ofSeconds(5))
                                            .build(),
                                    BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void put(String path, String body) throws Exception {
        assertThat(
                        http.send(
                                        HttpRequest.newBuilder(URI.create(base + path))
                                                .header(
                                                        "Content-Type",
                                                        "application/vnd.schemaregistry.v1+json")
                                                .PUT(BodyPublishers.ofString(body))
                                                .build(),
                                        BodyHandlers.ofString())
                                .statusCode())
                .isEqualTo(200);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
