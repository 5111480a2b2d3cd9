package io.tidescope.schemas.registry;

import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.schemas.event.FileChange;

import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.util.ClassSecurityValidator;
import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/**
 * Turns records of one type into bytes of Confluent's wire format and back.
 *
 * <p>Bytes: {@code 0}, the schema's id (4 bytes, big endian), the Avro binary encoding. The
 * writer's schema is registered under {@code <topic>-value} at the first write; a record written
 * with another schema is read through Avro's resolution. Safe for concurrent use: encoders,
 * decoders and readers are kept per thread.
 */
public final class AvroSerde<T extends SpecificRecord> {
    private static final byte MAGIC = 0;
    private static final int HEADER_BYTES = 1 + Integer.BYTES;

    /** A buffer grown beyond this is given back after the record that needed it. */
    private static final int KEPT_BUFFER_BYTES = 1024 * 1024;

    private static final int NOT_REGISTERED = -1;

    // Avro makes no object of a class it was not told to trust; other users of Avro keep theirs.
    static {
        String events = FileChange.class.getPackageName();
        ClassSecurityValidator.setGlobal(
                ClassSecurityValidator.composite(
                        ClassSecurityValidator.getGlobal(),
                        type -> type.getPackageName().equals(events)));
    }

    private final String subject;
    private final Schema schema;
    private final SpecificData data;
    private final SchemaRegistry registry;
    private final ThreadLocal<Codec> codecs = ThreadLocal.withInitial(Codec::new);
    private volatile int schemaId = NOT_REGISTERED;

    private AvroSerde(String subject, SpecificData data, Schema schema, SchemaRegistry registry) {
        this.subject = subject;
        this.data = data;
        this.schema = schema;
        this.registry = registry;
    }

    /** The serde for values of a topic; asks the registry only when it is first needed. */
    public static <T extends SpecificRecord> AvroSerde<T> forValue(
            String topic, Class<T> type, SchemaRegistry registry) {
        SpecificData data = SpecificData.getForClass(type);
        data.setFastReaderEnabled(true);
        return new AvroSerde<>(topic + "-value", data, data.getSchema(type), registry);
    }

    /**
     * @throws TideScopeException what {@link SchemaRegistry#register} throws, at the first write
     */
    public byte[] serialize(T value) {
        int id = schemaId();
        Codec codec = codecs.get();
        try {
            return codec.write(id, value);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
    }

    /**
     * @throws TideScopeException CORRUPT when the bytes are not of this format, NOT_FOUND when the
     *     registry does not know the id
     */
    public T deserialize(ByteBuffer bytes) {
        if (bytes.remaining() < HEADER_BYTES || bytes.get(bytes.position()) != MAGIC) {
            throw new TideScopeException(
                    ErrorCode.CORRUPT,
                    "a value of %s of %d bytes does not start with 0 and a schema id"
                            .formatted(subject, bytes.remaining()));
        }
        int id = bytes.getInt(bytes.position() + 1);
        Codec codec = codecs.get();
        DatumReader<T> reader = codec.reader(id);
        try {
            return codec.read(reader, bytes);
        } catch (IOException
                | AvroRuntimeException
                | IndexOutOfBoundsException
                | ClassCastException
                | NegativeArraySizeException
                | UnsupportedOperationException e) {
            throw new TideScopeException(
                    ErrorCode.CORRUPT,
                    "a value of %s of %d bytes is not what schema %d describes: %s"
                            .formatted(subject, bytes.remaining(), id, e.getMessage()),
                    e);
        }
    }

    private int schemaId() {
        int id = schemaId;
        if (id == NOT_REGISTERED) {
            id = registry.register(subject, PlainSchema.of(schema));
            schemaId = id;
        }
        return id;
    }

    /** What one thread reuses from record to record. */
    private final class Codec {
        @SuppressWarnings("unchecked")
        private final DatumWriter<T> writer = data.createDatumWriter(schema);

        private final Map<Integer, DatumReader<T>> readers = new HashMap<>();
        private ByteArrayOutputStream buffer = new ByteArrayOutputStream();
        private @Nullable BinaryEncoder encoder;
        private @Nullable BinaryDecoder decoder;

        byte[] write(int id, T value) throws IOException {
            buffer.reset();
            buffer.write(MAGIC);
            buffer.write(id >>> 24);
            buffer.write(id >>> 16);
            buffer.write(id >>> 8);
            buffer.write(id);
            encoder = EncoderFactory.get().binaryEncoder(buffer, encoder);
            writer.write(value, encoder);
            encoder.flush();
            byte[] bytes = buffer.toByteArray();
            if (bytes.length > KEPT_BUFFER_BYTES) {
                buffer = new ByteArrayOutputStream();
            }
            return bytes;
        }

        T read(DatumReader<T> reader, ByteBuffer bytes) throws IOException {
            int length = bytes.remaining() - HEADER_BYTES;
            byte[] array;
            int offset;
            if (bytes.hasArray()) {
                array = bytes.array();
                offset = bytes.arrayOffset() + bytes.position() + HEADER_BYTES;
            } else {
                array = new byte[length];
                offset = 0;
                bytes.get(bytes.position() + HEADER_BYTES, array);
            }
            decoder = DecoderFactory.get().binaryDecoder(array, offset, length, decoder);
            T value = reader.read(null, decoder);
            if (!decoder.isEnd()) {
                throw new AvroRuntimeException("there are bytes behind the record");
            }
            return value;
        }

        @SuppressWarnings("unchecked")
        DatumReader<T> reader(int id) {
            DatumReader<T> reader = readers.get(id);
            if (reader == null) {
                reader = data.createDatumReader(registry.read(id), schema);
                readers.put(id, reader);
            }
            return reader;
        }
    }
}
