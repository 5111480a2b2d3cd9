package io.tidescope.store.rocks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The bytes of all keys and values of a store. When they change, so does {@link StoreFormat}'s
 * version; {@code -Dgolden=rewrite} writes what there is now, and the difference is to be read.
 */
class StoreGoldenTest {
    @Test
    void aStoreOfTheGoldenDocumentsHoldsWhatIsWritten() throws IOException {
        TestRecords records = new TestRecords();
        try (StoreFixture store = new StoreFixture(records.serde())) {
            store.store().apply(GoldenStore.records(records));
            String dump = StoreDump.of(store.store().database());
            Path file = GoldenStore.DIRECTORY.resolve("store.txt");
            if ("rewrite".equals(System.getProperty("golden"))) {
                Files.writeString(file, dump);
            }
            assertThat(dump).isEqualTo(Files.readString(file));
        }
    }
}
