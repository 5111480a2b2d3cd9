package io.tidescope.store.rocks;

import io.tidescope.schemas.DocumentKey;
import io.tidescope.schemas.event.RevisionMarker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;

/** Few records that bring something of every kind into a store, from files that never change. */
final class GoldenStore {
    static final Path DIRECTORY = Path.of("src", "test", "resources", "golden");

    private static final String REPOSITORY = "acme/tide";
    private static final String MAIN = "refs/heads/main";
    private static final String NEXT = "refs/heads/next";

    private GoldenStore() {}

    static List<StoreRecord> records(TestRecords records) {
        return List.of(
                put(records, MAIN, "src/org/example/shapes/Shape.java", bytes("Broken.java")),
                put(records, MAIN, "src/org/example/shapes/Shape.java", bytes("Shape.java")),
                put(records, NEXT, "src/org/example/shapes/Shape.java", bytes("Shape.java")),
                put(records, MAIN, "src/SyntaxTreeFormat.java", bytes("SyntaxTreeFormat.java")),
                put(records, MAIN, "src/module-info.java", bytes("module-info.java")),
                put(records, MAIN, "src/Broken.java", bytes("Broken.java")),
                put(records, MAIN, "src/Empty.java", new byte[0]),
                put(
                        records,
                        MAIN,
                        "src/W\u00e4rme.java",
                        "record W\u00e4rme(int \ud840\udc00) {}".getBytes(StandardCharsets.UTF_8)),
                records.put(
                        StoreModel.damaged(
                                TestRecords.document(
                                        new DocumentKey(REPOSITORY, MAIN, "src/Damaged.java"),
                                        bytes("Shape.java"),
                                        2))),
                records.put(
                        StoreModel.unparseable(
                                TestRecords.document(
                                        new DocumentKey(REPOSITORY, MAIN, "src/Unparseable.java"),
                                        bytes("Shape.java"),
                                        2))),
                put(records, MAIN, "src/Gone.java", bytes("Shape.java")),
                records.remove(new DocumentKey(REPOSITORY, MAIN, "src/Gone.java")),
                records.mark(marker()),
                records.mark(TestRecords.marker(REPOSITORY, "refs/heads/gone", null, 3, false)));
    }

    private static RevisionMarker marker() {
        RevisionMarker marker =
                TestRecords.marker(REPOSITORY, MAIN, TestRecords.commit(2), 2, true);
        marker.getAncestors().add(ByteBuffer.wrap(HexFormat.of().parseHex(TestRecords.commit(1))));
        return marker;
    }

    private static StoreRecord put(TestRecords records, String ref, String path, byte[] content) {
        return records.put(
                TestRecords.document(new DocumentKey(REPOSITORY, ref, path), content, 2));
    }

    private static byte[] bytes(String name) {
        try {
            return Files.readAllBytes(DIRECTORY.resolve("documents").resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
