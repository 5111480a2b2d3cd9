package io.tidescope.parser.stream;

import io.tidescope.schemas.event.Delete;
import io.tidescope.schemas.event.FileChange;
import io.tidescope.schemas.event.RevisionMarker;
import io.tidescope.schemas.event.Upsert;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/** File changes of one publish of one repository. */
final class Changes {
    static final String REPOSITORY = "a/b";
    static final String REF = "refs/heads/main";

    private static final long SEQUENCE = 7;
    private static final String COMMIT = "c0ffee";
    private static final Instant PUBLISHED = Instant.ofEpochMilli(1_000_000);
    private static final int REGULAR_FILE = 0100644;

    private Changes() {}

    static FileChange upsert(String path, String blob, String content) {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        return change(
                path,
                Upsert.newBuilder()
                        .setBlob(blob)
                        .setMode(REGULAR_FILE)
                        .setSize(bytes.length)
                        .setContent(ByteBuffer.wrap(bytes))
                        .build());
    }

    static FileChange rejected(String path, String blob, String reason) {
        return change(
                path,
                Upsert.newBuilder()
                        .setBlob(blob)
                        .setMode(REGULAR_FILE)
                        .setSize(50_000_000)
                        .setRejection(reason)
                        .build());
    }

    static FileChange delete(String path) {
        return change(path, Delete.newBuilder().build());
    }

    static FileChange marker() {
        return change(
                "",
                RevisionMarker.newBuilder()
                        .setRepository(REPOSITORY)
                        .setRef(REF)
                        .setCommit(COMMIT)
                        .setSequence(SEQUENCE)
                        .setDefaultRef(true)
                        .setAncestors(List.of())
                        .setPublishedAtMillis(PUBLISHED)
                        .build());
    }

    private static FileChange change(String path, Object body) {
        return FileChange.newBuilder()
                .setRepository(REPOSITORY)
                .setRef(REF)
                .setPath(path)
                .setSequence(SEQUENCE)
                .setCommit(COMMIT)
                .setPublishedAtMillis(PUBLISHED)
                .setChange(body)
                .build();
    }
}
