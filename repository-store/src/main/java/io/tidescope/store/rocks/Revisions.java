package io.tidescope.store.rocks;

import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.RefKey;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.schemas.event.RevisionMarker;
import io.tidescope.store.query.FindRevision;
import io.tidescope.store.query.ReachedRef;

import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksIterator;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The revisions a partition has come to: what markers change, and what is asked about them.
 *
 * <p>A commit that the ref has left behind by a force push stays known: the index had come so far,
 * and has only gone on. Whether it has also come back is told by the ref's sequence. At most
 * {@value #KNOWN_COMMITS} commits of a ref are known, the newest; those that its last marker covers
 * are always among them.
 */
final class Revisions {
    static final int KNOWN_COMMITS = 4096;

    private Revisions() {}

    /** Applies a marker; the ref's documents come and go in records of their own. */
    static void apply(RevisionMarker marker, Database database, Changes changes) {
        RefKey ref = new RefKey(marker.getRepository(), marker.getRef());
        RefEntry old = find(database, ref);
        if (marker.getCommit() == null) {
            forgetCommits(ref, old, database, changes);
            changes.put(
                    Family.REVISIONS, RevisionKeys.ref(ref), new RefEntry(marker, 0, 0).toBytes());
            return;
        }
        long first = old == null ? 0 : old.firstSerial();
        long next = old == null ? 0 : old.nextSerial();
        // The oldest first, so that the oldest are forgotten first.
        LinkedHashSet<String> covered = covered(marker);
        for (String commit : covered.reversed()) {
            byte[] key = RevisionKeys.commit(commit, ref);
            byte[] serial = database.find(Family.REVISIONS, key);
            if (serial != null) {
                long known = RevisionKeys.readSerial(serial);
                if (known >= next - KNOWN_COMMITS / 2) {
                    continue;
                }
                changes.delete(Family.REVISIONS, RevisionKeys.serial(ref, known));
            }
            changes.put(
                    Family.REVISIONS,
                    RevisionKeys.serial(ref, next),
                    commit.getBytes(StandardCharsets.US_ASCII));
            changes.put(Family.REVISIONS, key, RevisionKeys.serialBytes(next));
            next++;
        }
        long oldest = Math.max(first, next - KNOWN_COMMITS);
        for (long serial = first; serial < oldest; serial++) {
            forgetCommit(ref, serial, covered, database, changes);
        }
        changes.put(
                Family.REVISIONS,
                RevisionKeys.ref(ref),
                new RefEntry(marker, oldest, next).toBytes());
    }

    /** Applies the tombstone of a marker. */
    static void forget(RefKey ref, Database database, Changes changes) {
        forgetCommits(ref, find(database, ref), database, changes);
        changes.delete(Family.REVISIONS, RevisionKeys.ref(ref));
    }

    /** The last marker of every ref that is not deleted. */
    static List<RevisionMarker> list(View view) {
        List<RevisionMarker> markers = new ArrayList<>();
        byte[] beginning = RevisionKeys.refs();
        try (RocksIterator iterator = view.scan(Family.REVISIONS)) {
            iterator.seek(beginning);
            while (iterator.isValid() && Keys.beginsWith(iterator.key(), beginning)) {
                RevisionMarker marker = RefEntry.read(iterator.value()).marker();
                if (marker.getCommit() != null) {
                    markers.add(marker);
                }
                iterator.next();
            }
            Database.check(iterator);
        }
        return markers;
    }

    /** The refs in scope on which the commit is known. */
    static List<ReachedRef> reached(FindRevision query, View view, DefaultRefs defaults) {
        byte[] beginning = RevisionKeys.commit(query.commit());
        List<ReachedRef> reached = new ArrayList<>();
        try (RocksIterator iterator = view.scan(Family.REVISIONS)) {
            iterator.seek(beginning);
            while (iterator.isValid() && Keys.beginsWith(iterator.key(), beginning)) {
                query.deadline().check();
                RefKey ref = RevisionKeys.readRef(iterator.key());
                if (defaults.covers(query.scope(), ref)) {
                    reached.add(position(ref, view));
                }
                iterator.next();
            }
            Database.check(iterator);
        }
        return reached;
    }

    private static ReachedRef position(RefKey ref, View view) {
        byte[] entry = view.find(Family.REVISIONS, RevisionKeys.ref(ref));
        if (entry == null) {
            throw new TideScopeException(
                    ErrorCode.CORRUPT, "a commit is known of %s, but not the ref".formatted(ref));
        }
        RevisionMarker marker = RefEntry.read(entry).marker();
        return new ReachedRef(ref, marker.getCommit(), marker.getSequence());
    }

    private static @Nullable RefEntry find(Database database, RefKey ref) {
        byte[] bytes = database.find(Family.REVISIONS, RevisionKeys.ref(ref));
        return bytes == null ? null : RefEntry.read(bytes);
    }

    /** The marker's commit, then its ancestors. */
    private static LinkedHashSet<String> covered(RevisionMarker marker) {
        LinkedHashSet<String> commits = new LinkedHashSet<>();
        commits.add(marker.getCommit());
        for (ByteBuffer ancestor : marker.getAncestors()) {
            byte[] id = new byte[ancestor.remaining()];
            ancestor.get(ancestor.position(), id);
            commits.add(HexFormat.of().formatHex(id));
        }
        return commits;
    }

    private static void forgetCommits(
            RefKey ref, @Nullable RefEntry entry, Database database, Changes changes) {
        if (entry != null) {
            for (long serial = entry.firstSerial(); serial < entry.nextSerial(); serial++) {
                forgetCommit(ref, serial, Set.of(), database, changes);
            }
        }
    }

    /**
     * @param kept commits that stay known, for they got a new serial
     */
    private static void forgetCommit(
            RefKey ref, long serial, Set<String> kept, Database database, Changes changes) {
        byte[] key = RevisionKeys.serial(ref, serial);
        byte[] stored = database.find(Family.REVISIONS, key);
        if (stored != null) {
            changes.delete(Family.REVISIONS, key);
            String commit = new String(stored, StandardCharsets.US_ASCII);
            if (!kept.contains(commit)) {
                changes.delete(Family.REVISIONS, RevisionKeys.commit(commit, ref));
            }
        }
    }
}
