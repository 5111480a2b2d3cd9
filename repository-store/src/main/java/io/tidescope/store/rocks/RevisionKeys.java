package io.tidescope.store.rocks;

import io.tidescope.schemas.DocumentKey;
import io.tidescope.schemas.RefKey;

import java.nio.charset.StandardCharsets;

/**
 * Keys of the revisions family, and the values that are not a {@link RefEntry}.
 *
 * <p>Bytes, texts in UTF-8:
 *
 * <ul>
 *   <li>{@code r repository NUL ref} → {@link RefEntry}
 *   <li>{@code c commit NUL repository NUL ref} → the commit's serial on that ref as a varint: the
 *       partition has come as far as this commit, or farther
 *   <li>{@code n repository NUL ref NUL serial (8 bytes, highest first)} → commit in ASCII; the
 *       same, by age
 * </ul>
 *
 * Commits are hex object ids. Serials count the commits that became known on a ref.
 */
final class RevisionKeys {
    private static final byte[] REFS = {'r'};

    private RevisionKeys() {}

    /** What the keys of all refs begin with. */
    static byte[] refs() {
        return REFS.clone();
    }

    static byte[] ref(RefKey ref) {
        return bytes("r" + ref.repository() + '\0' + ref.ref());
    }

    static byte[] commit(String commit, RefKey ref) {
        return bytes("c" + commit + '\0' + ref.repository() + '\0' + ref.ref());
    }

    /** What the keys of a commit on all refs begin with. */
    static byte[] commit(String commit) {
        return bytes("c" + commit + '\0');
    }

    /** The ref of a key that begins with {@link #commit(String)}. */
    static RefKey readRef(byte[] key) {
        DocumentKey parts = DocumentKey.read(key);
        return new RefKey(parts.ref(), parts.path());
    }

    static byte[] serial(RefKey ref, long serial) {
        ByteWriter writer = new ByteWriter(64);
        writer.raw(bytes("n" + ref.repository() + '\0' + ref.ref() + '\0'));
        for (int shift = Long.SIZE - 8; shift >= 0; shift -= 8) {
            writer.single((int) (serial >>> shift));
        }
        return writer.toArray();
    }

    /** The value of a commit's key. */
    static byte[] serialBytes(long serial) {
        return new ByteWriter(5).varint(serial).toArray();
    }

    static long readSerial(byte[] bytes) {
        ByteReader reader = new ByteReader(bytes);
        long serial = reader.varlong();
        reader.end();
        return serial;
    }

    private static byte[] bytes(String key) {
        return key.getBytes(StandardCharsets.UTF_8);
    }
}
