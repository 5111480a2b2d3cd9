package io.tidescope.store.rocks;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidescope.schemas.DocumentKey;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * Stores that some version wrote and that nothing rewrites: the files of RocksDB and those beside
 * it, as they were on disk in November 2026. An older one is built again, and the last one is gone
 * on with, as long as there is no other version.
 */
class StoreCompatibilityTest {
    private static final Path OLDER = GoldenStore.DIRECTORY.resolve("store-1.zip");
    private static final Path WRITTEN = GoldenStore.DIRECTORY.resolve("store-2.zip");

    /** What it holds, with trees as the parser wrote them then. */
    private static final Path WRITTEN_DUMP = GoldenStore.DIRECTORY.resolve("store-2.txt");

    private final TestRecords records = new TestRecords();
    private final StoreFixture store = new StoreFixture(records.serde());
    private final List<StoreRecord> applied = GoldenStore.records(records);

    private void open(Path written) throws IOException {
        store.store().close();
        for (Path file : files()) {
            Files.delete(file);
        }
        unpack(written);
        StoreOrigin origin = StoreOrigin.find(store.directory()).orElseThrow();
        store.topic(
                now ->
                        new TopicExtent(
                                origin.topic(), origin.begin(), now.end(), now.tombstonesKept()));
        store.store().open(0, store.directory());
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void aStoreOfVersion1IsBuiltAgain() throws IOException {
        open(OLDER);
        assertThat(store.position()).isEqualTo(-1);
        store.store().apply(applied);
        assertThat(StoreDump.of(store.store().database()))
                .isEqualTo(Files.readString(GoldenStore.DIRECTORY.resolve("store.txt")));
    }

    @Test
    void aStoreOfVersion2IsGoneOnWith() throws IOException {
        open(WRITTEN);
        assertThat(store.position()).isEqualTo(applied.getLast().offset());
        assertThat(StoreDump.of(store.store().database()))
                .isEqualTo(Files.readString(WRITTEN_DUMP));
    }

    @Test
    void nothingOfItIsLeftOnceItsDocumentsAndRefsAreGone() throws IOException {
        open(WRITTEN);
        applied.stream()
                .map(record -> DocumentKey.read(record.key()))
                .distinct()
                .forEach(key -> store.apply(records.remove(key)));
        assertThat(StoreContents.count(store.store().database()))
                .isEqualTo(Map.of(Family.PROGRESS, 1));
    }

    /** How the file came to be; for another version there will be another file. */
    @Test
    @EnabledIfSystemProperty(named = "fixture", matches = "write")
    void isWritten() throws IOException {
        assertThat(WRITTEN).doesNotExist();
        store.store().apply(applied);
        Files.writeString(WRITTEN_DUMP, StoreDump.of(store.store().database()));
        store.commit();
        store.store().close();
        try (OutputStream file = Files.newOutputStream(WRITTEN);
                ZipOutputStream zip = new ZipOutputStream(file)) {
            for (Path each : files()) {
                if (isNeeded(each.getFileName().toString())) {
                    zip.putNextEntry(new ZipEntry(each.getFileName().toString()));
                    Files.copy(each, zip);
                    zip.closeEntry();
                }
            }
        }
        store.store().open(0, store.directory());
    }

    private static boolean isNeeded(String file) {
        return !file.startsWith("LOG") && !file.equals("LOCK") && !file.startsWith("OPTIONS");
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(store.directory())) {
            return files.sorted().toList();
        }
    }

    private void unpack(Path written) throws IOException {
        try (InputStream file = Files.newInputStream(written);
                ZipInputStream zip = new ZipInputStream(file)) {
            ZipEntry entry;
            while ((entry = zip.getNextEntry()) != null) {
                Files.copy(zip, store.directory().resolve(entry.getName()));
            }
        }
    }
}
