package io.tidescope.store.rocks;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidescope.schemas.DocumentKey;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
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
 * A store that version 1 wrote and that nothing rewrites: the files of RocksDB and those beside it,
 * as they were on disk in November 2026. Once there is another version, it is one to be built
 * again.
 */
class StoreCompatibilityTest {
    private static final Path WRITTEN = GoldenStore.DIRECTORY.resolve("store-1.zip");

    private final TestRecords records = new TestRecords();
    private final StoreFixture store = new StoreFixture(records.serde());
    private final List<StoreRecord> applied = GoldenStore.records(records);

    @BeforeEach
    void open() throws IOException {
        if (!Files.exists(WRITTEN)) {
            return;
        }
        store.store().close();
        for (Path file : files()) {
            Files.delete(file);
        }
        unpack();
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
    void aStoreOfVersion1IsGoneOnWith() throws IOException {
        assertThat(store.position()).isEqualTo(applied.getLast().offset());
        assertThat(StoreDump.of(store.store().database()))
                .isEqualTo(Files.readString(GoldenStore.DIRECTORY.resolve("store.txt")));
    }

    @Test
    void nothingOfItIsLeftOnceItsDocumentsAndRefsAreGone() {
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

    private void unpack() throws IOException {
        try (InputStream file = Files.newInputStream(WRITTEN);
                ZipInputStream zip = new ZipInputStream(file)) {
            ZipEntry entry;
            while ((entry = zip.getNextEntry()) != null) {
                Files.copy(zip, store.directory().resolve(entry.getName()));
            }
        }
    }
}
