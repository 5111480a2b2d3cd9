package io.tidescope.schemas.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.schemas.registry.RegistryRecord.LevelSet;
import io.tidescope.schemas.registry.RegistryRecord.SchemaVersion;
import io.tidescope.schemas.registry.RegistryRecord.SubjectDeleted;
import io.tidescope.schemas.registry.RegistryRecord.VersionRemoved;

import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Registry records as Confluent's Schema Registry keeps them in its {@code _schemas} topic: JSON
 * key and JSON value, so that it could take over.
 *
 * <pre>
 * {"keytype":"SCHEMA","subject":S,"version":V,"magic":1} → {"subject":S,"version":V,"id":I,"schema":TEXT,"deleted":B}
 * {"keytype":"CONFIG","subject":S or null,"magic":0}     → {"compatibilityLevel":L}
 * {"keytype":"DELETE_SUBJECT","subject":S,"magic":0}     → {"subject":S,"version":V}
 * </pre>
 *
 * The order of a key's fields is part of the format, for the topic is compacted. Keys of other
 * types, such as {@code NOOP} and {@code MODE}, are passed over.
 */
final class RegistryRecordFormat {
    private static final ObjectMapper JSON = new ObjectMapper();

    private RegistryRecordFormat() {}

    static byte[] key(RegistryRecord record) {
        ObjectNode key = JSON.createObjectNode();
        switch (record) {
            case SchemaVersion version ->
                    key.put("keytype", "SCHEMA")
                            .put("subject", version.subject())
                            .put("version", version.version())
                            .put("magic", 1);
            case VersionRemoved removed ->
                    key.put("keytype", "SCHEMA")
                            .put("subject", removed.subject())
                            .put("version", removed.version())
                            .put("magic", 1);
            case SubjectDeleted deleted ->
                    key.put("keytype", "DELETE_SUBJECT")
                            .put("subject", deleted.subject())
                            .put("magic", 0);
            case LevelSet set ->
                    key.put("keytype", "CONFIG").put("subject", set.subject()).put("magic", 0);
        }
        return bytes(key);
    }

    static byte @Nullable [] value(RegistryRecord record) {
        ObjectNode value = JSON.createObjectNode();
        switch (record) {
            case SchemaVersion version ->
                    value.put("subject", version.subject())
                            .put("version", version.version())
                            .put("id", version.id())
                            .put("schema", version.schema().toString())
                            .put("deleted", version.deleted());
            case VersionRemoved removed -> {
                return null;
            }
            case SubjectDeleted deleted ->
                    value.put("subject", deleted.subject()).put("version", deleted.upToVersion());
            case LevelSet(var subject, var level) -> {
                if (level == null) {
                    return null;
                }
                value.put("compatibilityLevel", level.name());
            }
        }
        return bytes(value);
    }

    /**
     * Reads a record; absent when it is of a type that does not matter here.
     *
     * @throws TideScopeException CORRUPT when it is not of this format
     */
    static Optional<RegistryRecord> read(byte[] key, byte @Nullable [] value) {
        try {
            JsonNode parsedKey = JSON.readTree(key);
            JsonNode parsedValue = value == null ? null : JSON.readTree(value);
            return switch (parsedKey.path("keytype").asText()) {
                case "SCHEMA" -> Optional.of(version(parsedKey, parsedValue));
                case "CONFIG" -> Optional.of(level(parsedKey, parsedValue));
                case "DELETE_SUBJECT" ->
                        Optional.ofNullable(parsedValue)
                                .map(
                                        deleted ->
                                                new SubjectDeleted(
                                                        deleted.path("subject").asText(),
                                                        deleted.path("version").asInt()));
                default -> Optional.empty();
            };
        } catch (IOException | AvroRuntimeException | IllegalArgumentException e) {
            throw new TideScopeException(
                    ErrorCode.CORRUPT,
                    "a record of the schemas topic cannot be read: %s; its key is %s"
                            .formatted(e.getMessage(), new String(key, StandardCharsets.UTF_8)),
                    e);
        }
    }

    private static RegistryRecord version(JsonNode key, @Nullable JsonNode value) {
        if (value == null) {
            return new VersionRemoved(key.path("subject").asText(), key.path("version").asInt());
        }
        return new SchemaVersion(
                value.path("subject").asText(),
                value.path("version").asInt(),
                value.path("id").asInt(),
                new Schema.Parser().parse(value.path("schema").asText()),
                value.path("deleted").asBoolean());
    }

    private static RegistryRecord level(JsonNode key, @Nullable JsonNode value) {
        JsonNode subject = key.path("subject");
        return new LevelSet(
                subject.isTextual() ? subject.asText() : null,
                value == null
                        ? null
                        : CompatibilityLevel.valueOf(value.path("compatibilityLevel").asText()));
    }

    private static byte[] bytes(ObjectNode json) {
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }
}
