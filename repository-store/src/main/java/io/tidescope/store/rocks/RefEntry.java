package io.tidescope.store.rocks;

import io.tidescope.schemas.event.RevisionMarker;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What a partition knows about a ref: its last marker, and which of the commits it has covered are
 * still known.
 *
 * <p>Bytes: {@code repository text, ref text, has commit (0 or 1, 1 byte), commit text if it has,
 * sequence varint, default ref (0 or 1, 1 byte), publishedAt in milliseconds varint, javaFiles
 * varint, otherFiles varint, symlinks varint, submodules varint, firstSerial varint, nextSerial
 * varint, ancestor count varint}, then for each ancestor {@code length varint, bytes}.
 *
 * @param firstSerial serial of the oldest commit known; see {@link RevisionKeys}
 * @param nextSerial serial of the next commit to become known
 */
record RefEntry(RevisionMarker marker, long firstSerial, long nextSerial) {
    byte[] toBytes() {
        ByteWriter writer = new ByteWriter(256 + 33 * marker.getAncestors().size());
        writer.text(marker.getRepository()).text(marker.getRef());
        String commit = marker.getCommit();
        writer.single(commit == null ? 0 : 1);
        if (commit != null) {
            writer.text(commit);
        }
        writer.varint(marker.getSequence()).single(marker.getDefaultRef() ? 1 : 0);
        writer.varint(marker.getPublishedAtMillis().toEpochMilli());
        writer.varint(marker.getJavaFiles()).varint(marker.getOtherFiles());
        writer.varint(marker.getSymlinks()).varint(marker.getSubmodules());
        writer.varint(firstSerial).varint(nextSerial).varint(marker.getAncestors().size());
        for (ByteBuffer ancestor : marker.getAncestors()) {
            byte[] id = new byte[ancestor.remaining()];
            ancestor.get(ancestor.position(), id);
            writer.sized(id);
        }
        return writer.toArray();
    }

    static RefEntry read(byte[] bytes) {
        ByteReader reader = new ByteReader(bytes);
        RevisionMarker.Builder marker =
                RevisionMarker.newBuilder()
                        .setRepository(reader.text())
                        .setRef(reader.text())
                        .setCommit(reader.single() == 0 ? null : reader.text())
                        .setSequence(reader.varlong())
                        .setDefaultRef(reader.single() != 0)
                        .setPublishedAtMillis(Instant.ofEpochMilli(reader.varlong()))
                        .setJavaFiles(reader.varint())
                        .setOtherFiles(reader.varint())
                        .setSymlinks(reader.varint())
                        .setSubmodules(reader.varint());
        long firstSerial = reader.varlong();
        long nextSerial = reader.varlong();
        int count = reader.count();
        List<ByteBuffer> ancestors = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            ancestors.add(ByteBuffer.wrap(reader.sized()));
        }
        reader.end();
        return new RefEntry(marker.setAncestors(ancestors).build(), firstSerial, nextSerial);
    }
}
