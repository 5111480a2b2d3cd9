package io.tidescope.store.remote;

import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;

/**
 * What both sides of a connection say first. It stays as it is in all versions, so that any two can
 * tell each other that they do not go together.
 *
 * <pre>
 * hello   = "TDSN" oldest newest cluster   what the client speaks, and the cluster it is of
 * welcome = "TDSN" version reason          the version from here on, the newest that both speak;
 *                                          0 when they do not go together, and why
 * oldest, newest, version = unsigned       (2 bytes, big endian)
 * cluster, reason         = length UTF-8   (length: 2 bytes, big endian)
 * </pre>
 */
final class HelloFormat {
    /** The first version (2026-11). */
    static final int OLDEST = 1;

    /**
     * With questions of who may not see everything, {@link Frame.Kind#ASK_RESTRICTED} (2026-11).
     */
    static final int RESTRICTED = 2;

    /** With nodes that tell how they do inside, {@link Frame.Kind#INSPECT} (2026-11). */
    static final int INSPECTED = 3;

    static final int NEWEST = INSPECTED;

    private static final int MAGIC = 'T' << 24 | 'D' << 16 | 'S' << 8 | 'N';
    private static final int REFUSED = 0;
    private static final int MAX_TEXT_BYTES = 1024;

    private HelloFormat() {}

    /** Versions from the oldest to the newest that a side speaks. */
    record Versions(int oldest, int newest) {
        static final Versions OURS = new Versions(OLDEST, NEWEST);

        /** The newest that both sides speak; absent when they do not go together. */
        OptionalInt common(Versions other) {
            int common = Math.min(newest, other.newest);
            return common < Math.max(oldest, other.oldest)
                    ? OptionalInt.empty()
                    : OptionalInt.of(common);
        }

        @Override
        public String toString() {
            return oldest == newest
                    ? "version " + newest
                    : "versions %d to %d".formatted(oldest, newest);
        }
    }

    record Hello(Versions versions, String cluster) {}

    static void write(Hello hello, OutputStream out) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream data = new DataOutputStream(bytes);
        data.writeInt(MAGIC);
        data.writeShort(hello.versions().oldest());
        data.writeShort(hello.versions().newest());
        writeText(hello.cluster(), data);
        out.write(bytes.toByteArray());
    }

    /**
     * @throws IOException when what comes is something else
     */
    static Hello read(InputStream in) throws IOException {
        DataInputStream data = new DataInputStream(in);
        requireMagic(data);
        Versions versions = new Versions(data.readUnsignedShort(), data.readUnsignedShort());
        return new Hello(versions, readText(data));
    }

    static void welcome(int version, OutputStream out) throws IOException {
        writeWelcome(version, "", out);
    }

    static void refuse(String reason, OutputStream out) throws IOException {
        writeWelcome(REFUSED, reason, out);
    }

    /**
     * The version that the server chose.
     *
     * @throws TideScopeException UNAVAILABLE with the server's reason when it refused
     * @throws IOException when it is no node of the store
     */
    static int readWelcome(InputStream in) throws IOException {
        DataInputStream data = new DataInputStream(in);
        requireMagic(data);
        int version = data.readUnsignedShort();
        String reason = readText(data);
        if (version == REFUSED) {
            throw new TideScopeException(ErrorCode.UNAVAILABLE, reason);
        }
        return version;
    }

    private static void writeWelcome(int version, String reason, OutputStream out)
            throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream data = new DataOutputStream(bytes);
        data.writeInt(MAGIC);
        data.writeShort(version);
        writeText(reason, data);
        out.write(bytes.toByteArray());
    }

    private static void requireMagic(DataInputStream data) throws IOException {
        int magic = data.readInt();
        if (magic != MAGIC) {
            throw new IOException(
                    "what came first was %08x and not a hello of the store's protocol"
                            .formatted(magic));
        }
    }

    private static void writeText(String text, DataOutputStream data) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int length = Math.min(bytes.length, MAX_TEXT_BYTES);
        data.writeShort(length);
        data.write(bytes, 0, length);
    }

    private static String readText(DataInputStream data) throws IOException {
        int length = data.readUnsignedShort();
        if (length > MAX_TEXT_BYTES) {
            throw new IOException("a text of %d bytes in a hello".formatted(length));
        }
        byte[] bytes = new byte[length];
        data.readFully(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
