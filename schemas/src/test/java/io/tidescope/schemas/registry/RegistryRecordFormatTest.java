package io.tidescope.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.schemas.registry.RegistryRecord.LevelSet;
import io.tidescope.schemas.registry.RegistryRecord.SchemaVersion;
import io.tidescope.schemas.registry.RegistryRecord.SubjectDeleted;
import io.tidescope.schemas.registry.RegistryRecord.VersionRemoved;

import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.List;

class RegistryRecordFormatTest {
    private static final Schema STRING = Schema.create(Schema.Type.STRING);

    @Test
    void recordsAreThoseOfConfluentsRegistry() {
        RegistryRecord version = new SchemaVersion("s", 2, 7, STRING, false);
        assertThat(text(RegistryRecordFormat.key(version)))
                .isEqualTo("{\"keytype\":\"SCHEMA\",\"subject\":\"s\",\"version\":2,\"magic\":1}");
        assertThat(text(RegistryRecordFormat.value(version)))
                .isEqualTo(
                        "{\"subject\":\"s\",\"version\":2,\"id\":7,\"schema\":\"\\\"string\\\"\",\"deleted\":false}");

        RegistryRecord level = new LevelSet(null, CompatibilityLevel.FULL);
        assertThat(text(RegistryRecordFormat.key(level)))
                .isEqualTo("{\"keytype\":\"CONFIG\",\"subject\":null,\"magic\":0}");
        assertThat(text(RegistryRecordFormat.value(level)))
                .isEqualTo("{\"compatibilityLevel\":\"FULL\"}");
    }

    @Test
    void recordsAreReadBack() {
        for (RegistryRecord record :
                List.of(
                        new SchemaVersion("s", 2, 7, STRING, true),
                        new VersionRemoved("s", 2),
                        new SubjectDeleted("s", 3),
                        new LevelSet("s", CompatibilityLevel.BACKWARD),
                        new LevelSet(null, null))) {
            assertThat(
                            RegistryRecordFormat.read(
                                    RegistryRecordFormat.key(record),
                                    RegistryRecordFormat.value(record)))
                    .contains(record);
        }
    }

    @Test
    void recordsOfOtherTypesArePassedOver() {
        assertThat(RegistryRecordFormat.read(bytes("{\"keytype\":\"NOOP\",\"magic\":0}"), null))
                .isEmpty();
    }

    @Test
    void whatIsNotARecordIsCorrupt() {
        byte[] key = bytes("{\"keytype\":\"SCHEMA\",\"subject\":\"s\",\"version\":1,\"magic\":1}");

        assertThatThrownBy(() -> RegistryRecordFormat.read(key, bytes("{\"schema\":\"{\"}")))
                .isInstanceOfSatisfying(
                        TideScopeException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.CORRUPT));
        assertThatThrownBy(() -> RegistryRecordFormat.read(bytes("x"), null))
                .isInstanceOf(TideScopeException.class);
    }

    @Test
    void deletedVersionsAreHiddenAndTheirIdsStayReadable() {
        RegistryState state = new RegistryState();
        state.apply(new SchemaVersion("s", 1, 1, STRING, false));
        state.apply(new SubjectDeleted("s", 1));

        assertThat(state.subjects()).isEmpty();
        assertThat(state.findSchema(1)).contains(STRING);
        assertThat(state.next("s", STRING)).isEqualTo(new SchemaVersion("s", 2, 1, STRING, false));
    }

    private static String text(byte @Nullable [] bytes) {
        return bytes == null ? "null" : new String(bytes, StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
