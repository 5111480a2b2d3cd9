package io.tidescope.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidescope.schemas.event.DocumentRecord;
import io.tidescope.schemas.event.FileChange;
import io.tidescope.schemas.event.ParseFailure;
import io.tidescope.schemas.event.RefState;

import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.SchemaParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Holds the schemas against every version ever released: {@code src/test/resources/history/vN} has
 * the files of {@code src/main/avro} as they were. A release that changes a schema adds a
 * directory; none is ever changed.
 */
class SchemaCompatibilityTest {
    private static final Path HISTORY = Path.of("src/test/resources/history");

    static Stream<Schema> schemas() {
        return Stream.of(
                FileChange.getClassSchema(),
                DocumentRecord.getClassSchema(),
                ParseFailure.getClassSchema(),
                RefState.getClassSchema());
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void everyVersionReadsWhatEveryOtherWrote(Schema current) throws IOException {
        List<Schema> versions = released(current.getFullName());
        assertThat(versions).isNotEmpty();
        versions.add(current);

        for (Schema reader : versions) {
            for (Schema writer : versions) {
                assertThat(
                                SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
                                        .getResult()
                                        .getIncompatibilities())
                        .isEmpty();
            }
        }
    }

    @Test
    void aFieldWithoutADefaultWouldBeNoticed() throws IOException {
        Schema released = released(ParseFailure.class.getName()).getFirst();
        List<Schema.Field> fields = new ArrayList<>();
        released.getFields().forEach(field -> fields.add(new Schema.Field(field, field.schema())));
        fields.add(new Schema.Field("added", Schema.create(Schema.Type.INT)));
        Schema changed =
                Schema.createRecord(released.getName(), "", released.getNamespace(), false, fields);

        assertThat(SchemaCompatibility.checkReaderWriterCompatibility(changed, released).getType())
                .isEqualTo(SchemaCompatibilityType.INCOMPATIBLE);
    }

    private static List<Schema> released(String name) throws IOException {
        List<Schema> found = new ArrayList<>();
        try (Stream<Path> versions = Files.list(HISTORY)) {
            for (Path version : versions.sorted().toList()) {
                found.add(
                        read(version).stream()
                                .filter(schema -> schema.getFullName().equals(name))
                                .findFirst()
                                .orElseThrow());
            }
        }
        return found;
    }

    private static List<Schema> read(Path directory) throws IOException {
        SchemaParser parser = new SchemaParser();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.sorted().toList()) {
                parser.parse(file);
            }
        }
        return parser.getParsedNamedSchemas();
    }
}
