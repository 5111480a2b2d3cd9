package io.tidescope.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.schemas.event.Delete;
import io.tidescope.schemas.event.FileChange;
import io.tidescope.schemas.event.ParseFailure;
import io.tidescope.schemas.event.Upsert;

import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;

class AvroSerdeTest {
    private final InMemorySchemaRegistry registry = new InMemorySchemaRegistry();
    private final AvroSerde<ParseFailure> failures =
            AvroSerde.forValue("parse-failures", ParseFailure.class, registry);
    private final AvroSerde<FileChange> changes =
            AvroSerde.forValue("file-changes", FileChange.class, registry);

    private static final ParseFailure FAILURE =
            ParseFailure.newBuilder()
                    .setRepository("a/b")
                    .setRef("r")
                    .setPath("ä.java")
                    .setSequence(1)
                    .setCommit("c")
                    .setBlob("d")
                    .setSize(300)
                    .setCode("timeout")
                    .setMessage("m")
                    .build();

    @Test
    void theWireFormatIsAZeroTheSchemaIdAndAvroBinary() {
        assertThat(HexFormat.of().formatHex(failures.serialize(FAILURE)))
                .isEqualTo(
                        "0000000001"
                                + "06612f62"
                                + "0272"
                                + "0ec3a42e6a617661"
                                + "02"
                                + "0263"
                                + "0264"
                                + "d804"
                                + "0e74696d656f7574"
                                + "026d");
    }

    @Test
    void whatIsWrittenIsReadBack() {
        FileChange change = upsert(new byte[3_000_000]);

        assertThat(changes.deserialize(ByteBuffer.wrap(changes.serialize(change))))
                .isEqualTo(change);
        assertThat(failures.deserialize(ByteBuffer.wrap(failures.serialize(FAILURE))))
                .isEqualTo(FAILURE);
    }

    @Test
    void aDirectBufferAndASliceAreReadToo() {
        byte[] bytes = failures.serialize(FAILURE);
        ByteBuffer direct = ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
        ByteBuffer slice = ByteBuffer.allocate(bytes.length + 7).position(7).slice().put(bytes);

        assertThat(failures.deserialize(direct)).isEqualTo(FAILURE);
        assertThat(failures.deserialize(slice.flip())).isEqualTo(FAILURE);
    }

    @Test
    void theRegisteredSchemaCarriesNothingOfJava() {
        failures.serialize(FAILURE);

        assertThat(registry.read(1).toString()).doesNotContain("avro.java.string");
    }

    @Test
    void aRecordOfAnotherVersionIsReadThroughResolution() throws IOException {
        Schema newer =
                SchemaBuilder.record("io.tidescope.schemas.event.ParseFailure")
                        .fields()
                        .requiredString("repository")
                        .requiredString("ref")
                        .requiredString("path")
                        .requiredLong("sequence")
                        .requiredString("commit")
                        .requiredString("blob")
                        .requiredLong("size")
                        .requiredString("code")
                        .requiredString("message")
                        .name("added")
                        .type()
                        .intType()
                        .intDefault(7)
                        .endRecord();
        int id = registry.register("parse-failures-value", newer);
        GenericRecord written = new GenericData.Record(newer);
        for (Schema.Field field : FAILURE.getSchema().getFields()) {
            written.put(field.name(), FAILURE.get(field.pos()));
        }
        written.put("added", 9);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(ByteBuffer.allocate(5).put((byte) 0).putInt(id).array());
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        new GenericDatumWriter<GenericRecord>(newer).write(written, encoder);
        encoder.flush();

        assertThat(failures.deserialize(ByteBuffer.wrap(bytes.toByteArray()))).isEqualTo(FAILURE);
    }

    @Test
    void bytesOfAnotherFormatAreCorrupt() {
        byte[] good = failures.serialize(FAILURE);

        assertCorrupt(new byte[0]);
        assertCorrupt(new byte[4]);
        assertCorrupt("{\"json\": true}".getBytes(StandardCharsets.UTF_8));
        assertCorrupt(Arrays.copyOf(good, good.length + 1));
        for (int length = 0; length < good.length; length++) {
            assertCorrupt(Arrays.copyOf(good, length));
        }
    }

    @Test
    void aLengthThatIsALieIsCorrupt() {
        byte[] lie = {0, 0, 0, 0, 1, -1, -1, -1, -1, 15};
        failures.serialize(FAILURE);

        assertCorrupt(lie);
    }

    @Test
    void anUnknownSchemaIdIsNotFound() {
        assertThatThrownBy(
                        () -> failures.deserialize(ByteBuffer.wrap(new byte[] {0, 0, 0, 0, 99, 0})))
                .isInstanceOfSatisfying(
                        TideScopeException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_FOUND));
    }

    @Test
    void aDeleteIsReadBack() {
        FileChange delete = upsert(new byte[0]);
        delete = FileChange.newBuilder(delete).setChange(Delete.newBuilder().build()).build();

        assertThat(changes.deserialize(ByteBuffer.wrap(changes.serialize(delete))))
                .isEqualTo(delete);
    }

    private void assertCorrupt(byte[] bytes) {
        assertThatThrownBy(() -> failures.deserialize(ByteBuffer.wrap(bytes)))
                .isInstanceOfSatisfying(
                        TideScopeException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.CORRUPT));
    }

    private static FileChange upsert(byte[] content) {
        return FileChange.newBuilder()
                .setRepository("a/b")
                .setRef("refs/heads/main")
                .setPath("A.java")
                .setSequence(1)
                .setCommit("c")
                .setPublishedAtMillis(Instant.ofEpochMilli(1))
                .setChange(
                        Upsert.newBuilder()
                                .setBlob("d")
                                .setMode(33188)
                                .setSize(content.length)
                                .setContent(ByteBuffer.wrap(content))
                                .build())
                .build();
    }
}
