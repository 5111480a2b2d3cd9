package io.tidescope.store.rocks;

import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What records change in a store, collected to be written at once.
 *
 * <p>It is handed to RocksDB in the form that RocksDB keeps a write batch in (and writes to its
 * log): {@code sequence (8 bytes, 0), count (4 bytes, lowest first)}, then for each change {@code 5
 * (put) or 4 (delete), column family varint, key, value if put}, keys and values with their lengths
 * as varints before them. So a document costs one native call and not one for each of its names.
 *
 * <p>Changes of one key are written in the order in which they were made.
 */
final class Changes {
    private static final VarHandle EIGHT =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private static final int PUT = 5;
    private static final int DELETE = 4;
    private static final int COUNT_AT = 8;
    private static final int HEADER_BYTES = 12;
    private static final int CHANGE_OVERHEAD_BYTES = 12;

    /** Most keys differ in their first bytes. */
    private static final Comparator<Change> BY_KEY =
            (one, other) ->
                    one.beginning != other.beginning
                            ? Long.compareUnsigned(one.beginning, other.beginning)
                            : Arrays.compareUnsigned(one.key, other.key);

    private final Map<Family, List<Change>> changes = new EnumMap<>(Family.class);
    private int count;
    private int bytes = HEADER_BYTES;

    /**
     * One change.
     *
     * @param beginning the first eight bytes of the key, zeros behind a shorter one
     * @param value null to delete the key
     */
    @SuppressWarnings("ArrayRecordComponent") // read once, never compared
    private record Change(byte[] key, long beginning, byte @Nullable [] value) {
        static Change of(byte[] key, byte @Nullable [] value) {
            return new Change(key, beginning(key), value);
        }

        private static long beginning(byte[] key) {
            if (key.length >= Long.BYTES) {
                return (long) EIGHT.get(key, 0);
            }
            return (long) EIGHT.get(Arrays.copyOf(key, Long.BYTES), 0);
        }
    }

    void put(Family family, byte[] key, byte[] value) {
        add(family, Change.of(key, value));
        bytes += CHANGE_OVERHEAD_BYTES + key.length + value.length;
    }

    void delete(Family family, byte[] key) {
        add(family, Change.of(key, null));
        bytes += CHANGE_OVERHEAD_BYTES + key.length;
    }

    private void add(Family family, Change change) {
        changes.computeIfAbsent(family, unused -> new ArrayList<>()).add(change);
        count++;
    }

    /** The keys in a family that are written or deleted. */
    List<byte[]> keys(Family family) {
        return changes.getOrDefault(family, List.of()).stream().map(Change::key).toList();
    }

    /** About how large the write will be. */
    int bytes() {
        return bytes;
    }

    /**
     * The batch for RocksDB, which the caller closes.
     *
     * @param familyIds number of each family in the database, by ordinal
     */
    WriteBatch toBatch(int[] familyIds) throws RocksDBException {
        ByteWriter writer = new ByteWriter(bytes);
        writer.raw(new byte[HEADER_BYTES]);
        writer.fixedAt(COUNT_AT, count);
        changes.forEach((family, its) -> write(familyIds[family.ordinal()], its, writer));
        return new WriteBatch(writer.toArray());
    }

    private static void write(int familyId, List<Change> changes, ByteWriter writer) {
        // Neighbours in order make the inserts into the sorted buffers several times cheaper.
        changes.sort(BY_KEY);
        for (Change change : changes) {
            byte[] value = change.value();
            writer.single(value == null ? DELETE : PUT);
            writer.varint(familyId);
            writer.sized(change.key());
            if (value != null) {
                writer.sized(value);
            }
        }
    }
}
