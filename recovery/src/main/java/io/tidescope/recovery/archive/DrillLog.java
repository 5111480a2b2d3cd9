package io.tidescope.recovery.archive;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.tidescope.recovery.object.ObjectStore;
import io.tidescope.recovery.object.StoredObject;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The drills that there were of an archive's backups, the newest {@value #KEPT} of them. Safe for
 * concurrent use, by several processes too.
 *
 * <pre>
 * drills/MILLIS-BACKUP   {"version": 1, "drill": {@link DrillOutcome}} as JSON
 * </pre>
 *
 * Versions: 1 (2026-11).
 */
public final class DrillLog {
    static final int KEPT = 100;
    static final int VERSION = 1;

    private static final String FOLDER = "drills/";

    private static final ObjectMapper JSON =
            JsonMapper.builder()
                    .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
                    .build();

    private final ObjectStore objects;

    /** What was read once, and never changes. */
    private final Map<String, DrillOutcome> known = new ConcurrentHashMap<>();

    DrillLog(ObjectStore objects) {
        this.objects = objects;
    }

    private record Written(int version, DrillOutcome drill) {}

    /** Keeps a drill, and removes those that are too many. */
    public void add(DrillOutcome drill) {
        // Of two in the same millisecond the first stays: they say the same.
        objects.create(
                "%s%013d-%010d".formatted(FOLDER, drill.begunAtMillis(), drill.backup()),
                write(drill));
        List<String> names = names();
        names.subList(0, Math.max(0, names.size() - KEPT)).forEach(objects::delete);
    }

    /**
     * All that are kept, the oldest first.
     *
     * @throws TideScopeException CORRUPT or UNSUPPORTED_VERSION naming the object
     */
    public List<DrillOutcome> all() {
        return names().stream().map(this::find).flatMap(Optional::stream).toList();
    }

    /**
     * The newest one that passed.
     *
     * @throws TideScopeException CORRUPT or UNSUPPORTED_VERSION naming the object
     */
    public Optional<DrillOutcome> newestPassed() {
        return names().reversed().stream()
                .map(this::find)
                .flatMap(Optional::stream)
                .filter(DrillOutcome::passed)
                .findFirst();
    }

    private List<String> names() {
        return objects.list(FOLDER).stream().map(StoredObject::name).toList();
    }

    /** Absent when somebody else has removed it meanwhile. */
    private Optional<DrillOutcome> find(String name) {
        DrillOutcome read = known.get(name);
        if (read != null) {
            return Optional.of(read);
        }
        Optional<DrillOutcome> found = objects.find(name).map(bytes -> read(name, bytes));
        found.ifPresent(drill -> known.put(name, drill));
        return found;
    }

    private static byte[] write(DrillOutcome drill) {
        try {
            return JSON.writeValueAsBytes(new Written(VERSION, drill));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static DrillOutcome read(String name, byte[] bytes) {
        try {
            JsonNode written = JSON.readTree(bytes);
            if (written.isMissingNode()) {
                throw SegmentFormat.damaged(name, "it is empty");
            }
            if (written.path("version").asInt() > VERSION) {
                throw new TideScopeException(
                        ErrorCode.UNSUPPORTED_VERSION,
                        "Drill %s has version %d; this TideScope reads up to %d. Use a newer one."
                                .formatted(name, written.path("version").asInt(), VERSION));
            }
            return JSON.treeToValue(written, Written.class).drill();
        } catch (IOException | IllegalArgumentException e) {
            throw SegmentFormat.damaged(name, "it cannot be read: " + e.getMessage());
        }
    }
}
