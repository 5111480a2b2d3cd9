package io.tidescope.recovery.archive;

import io.tidescope.recovery.object.ObjectStore;
import io.tidescope.recovery.object.StoredObject;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Everything that is kept in one place: segments, and the backups that are made of them. Safe for
 * concurrent use, by several processes too.
 *
 * <pre>
 * backups/NUMBER                                                     a {@link Manifest}
 * tail/TOPIC/TOPIC-ID/PARTITION/FROM-TO-DIGEST                       a segment of what came in
 * full/RUN/TOPIC/TOPIC-ID/PARTITION/FROM-TO-DIGEST                   one that a full backup read anew
 * drills/…                                                           see {@link DrillLog}
 * </pre>
 *
 * <p>Beside them are the journals of emergencies, in a folder of their own.
 *
 * <p>Nothing is ever changed. A segment carries its digest in its name, so what two archivers write
 * under one name is the same, and what a crash left behind is in nobody's way: it is removed when
 * no backup names it, some days later.
 */
public final class Archive {
    /** What archives call the topic that holds the revision markers. */
    public static final String LOG = "file-changes";

    /** What archives call the other topics, whichever prefix and index a deployment has. */
    public static final String DOCUMENTS = "documents";

    public static final String FAILURES = "parse-failures";
    public static final String REPOSITORIES = "repositories";

    private static final String BACKUPS = "backups/";
    private static final String TAIL = "tail/";
    private static final String FULL = "full/";
    private static final int HEADER_GUESS = 16 << 10;
    private static final int NAMED_DIGITS = 16;

    private static final Pattern BACKUP = Pattern.compile(BACKUPS + "(\\d{10})");

    private final ObjectStore objects;
    private final DrillLog drills;

    /** What was read once, and never changes. */
    private final Map<Long, Manifest> known = new ConcurrentHashMap<>();

    /**
     * @param objects stays the caller's to close
     */
    public Archive(ObjectStore objects) {
        this.objects = objects;
        drills = new DrillLog(objects);
    }

    /** The drills that there were. */
    public DrillLog drills() {
        return drills;
    }

    /** Numbers of the backups that are there, ascending. */
    public List<Long> backups() {
        List<Long> ids = new ArrayList<>();
        for (StoredObject object : objects.list(BACKUPS)) {
            Matcher name = BACKUP.matcher(object.name());
            if (name.matches()) {
                ids.add(Long.valueOf(name.group(1)));
            }
        }
        return ids;
    }

    /**
     * A backup.
     *
     * @throws TideScopeException NOT_FOUND when there is none of that number, CORRUPT when it is
     *     damaged, UNSUPPORTED_VERSION when a newer version wrote it
     */
    public Manifest read(long id) {
        Manifest found = known.get(id);
        if (found == null) {
            String name = backupName(id);
            byte[] bytes =
                    objects.find(name)
                            .orElseThrow(
                                    () ->
                                            new TideScopeException(
                                                    ErrorCode.NOT_FOUND,
                                                    "There is no backup %d in %s."
                                                            .formatted(id, objects)));
            found = ManifestFormat.read(name, bytes);
            if (found.id() != id) {
                throw SegmentFormat.damaged(name, "it is backup " + found.id());
            }
            known.put(id, found);
        }
        return found;
    }

    /**
     * Makes a backup of what was written before.
     *
     * @return false when there is a backup of this number already: somebody else was faster
     */
    public boolean create(Manifest manifest) {
        return objects.create(backupName(manifest.id()), ManifestFormat.write(manifest));
    }

    /**
     * A backup and those that it builds on.
     *
     * @throws TideScopeException NOT_FOUND, CORRUPT or UNSUPPORTED_VERSION naming what is missing
     *     or cannot be used
     */
    public Chain chain(long id) {
        List<Manifest> manifests = new ArrayList<>();
        Long next = id;
        while (next != null) {
            Manifest manifest = read(next);
            manifests.addFirst(manifest);
            next = manifest.parent();
        }
        return new Chain(manifests);
    }

    /** Removes a backup, and nothing that it names. */
    void removeBackup(long id) {
        objects.delete(backupName(id));
        known.remove(id);
    }

    /** Writes what came in. */
    public SegmentRef writeTail(Segment segment) {
        return write(TAIL, segment);
    }

    /**
     * Writes what was read anew for a full backup.
     *
     * @param run letters and digits: of this attempt at a backup alone
     */
    public SegmentRef writeFull(String run, Segment segment) {
        return write(FULL + run + "/", segment);
    }

    private SegmentRef write(String folder, Segment segment) {
        SegmentHeader header = segment.header();
        String name =
                "%s%s%020d-%020d-%s"
                        .formatted(
                                folder,
                                header.where().path(),
                                header.from(),
                                header.to(),
                                segment.sha256().substring(0, NAMED_DIGITS));
        // One of this name has the same content: another archiver was here.
        objects.create(name, segment.content());
        return new SegmentRef(
                name,
                segment.content().length,
                segment.sha256(),
                header.from(),
                header.to(),
                header.records());
    }

    /** The header of a segment, of which the rest is neither read nor checked. */
    SegmentHeader header(SegmentRef segment) {
        String name = segment.name();
        byte[] beginning = beginning(name, HEADER_GUESS);
        int end = SegmentFormat.headerEnd(name, beginning);
        return SegmentFormat.header(name, end < 0 ? beginning : beginning(name, end));
    }

    /**
     * A segment's records, once it was held against what the manifest says of it.
     *
     * @throws TideScopeException NOT_FOUND, CORRUPT or UNSUPPORTED_VERSION naming it
     */
    SegmentReader open(SegmentRef segment) {
        byte[] bytes = bytes(segment.name());
        SegmentReader reader = new SegmentReader(segment.name(), bytes);
        if (bytes.length != segment.size() || !reader.sha256().equals(segment.sha256())) {
            throw SegmentFormat.damaged(
                    segment.name(), "it is not what the backup's manifest says it is");
        }
        SegmentHeader header = reader.header();
        if (header.from() != segment.from()
                || header.to() != segment.to()
                || header.records() != segment.records()) {
            throw SegmentFormat.damaged(
                    segment.name(), "its header is not what the backup's manifest says");
        }
        return reader;
    }

    private byte[] bytes(String name) {
        return objects.find(name).orElseThrow(() -> missing(name));
    }

    private byte[] beginning(String name, int limit) {
        return objects.findBeginning(name, limit).orElseThrow(() -> missing(name));
    }

    private static TideScopeException missing(String name) {
        return new TideScopeException(
                ErrorCode.CORRUPT, "Object %s is missing: a backup needs it.".formatted(name));
    }

    /** When the newest backup was written, by the store's clock; absent when there is none. */
    Optional<Instant> newestWritten() {
        return objects.list(BACKUPS).stream()
                .filter(object -> BACKUP.matcher(object.name()).matches())
                .map(StoredObject::written)
                .reduce((_, newer) -> newer);
    }

    /** Names of all segments that were written before a time, by the store's clock. */
    List<String> segmentsBefore(Instant time) {
        List<String> names = new ArrayList<>();
        for (String folder : List.of(TAIL, FULL)) {
            for (StoredObject object : objects.list(folder)) {
                if (object.written().isBefore(time)) {
                    names.add(object.name());
                }
            }
        }
        return names;
    }

    void removeSegment(String name) {
        objects.delete(name);
    }

    private static String backupName(long id) {
        return "%s%010d".formatted(BACKUPS, id);
    }

    /** Where it lies, for people. */
    @Override
    public String toString() {
        return objects.toString();
    }
}
