package io.tidescope.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.junit.jupiter.api.Test;

import java.util.HashMap;
import java.util.Map;

class DocumentPartitionerTest {
    /** Where documents of a deployment are; another answer would split their history. */
    @Test
    void goldenPartitionsNeverChange() {
        assertThat(DocumentPartitioner.partition("apache/kafka", "A.java", 8)).isEqualTo(2);
        assertThat(DocumentPartitioner.partition("apache/kafka", "src/B.java", 8)).isEqualTo(6);
        assertThat(DocumentPartitioner.partition("o/r", "日本/Ä x.java", 8)).isEqualTo(2);
        assertThat(DocumentPartitioner.partition("o/r", "日本/Ä x.java", 1024)).isEqualTo(882);
        assertThat(DocumentPartitioner.partition("o/r", "", 3)).isEqualTo(2);
    }

    @Test
    void itIsWhatKafkasProducerDoesWithTheFileKey() {
        for (int i = 0; i < 1_000; i++) {
            String path = "src/File" + i + ".java";
            assertThat(DocumentPartitioner.partition("o/r", path, 12))
                    .isEqualTo(
                            BuiltInPartitioner.partitionForKey(
                                    new FileKey("o/r", path).toBytes(), 12));
        }
    }

    @Test
    void filesSpreadOverAllPartitions() {
        Map<Integer, Integer> counts = new HashMap<>();
        for (int i = 0; i < 8_000; i++) {
            counts.merge(
                    DocumentPartitioner.partition("o/r", "src/File" + i + ".java", 8),
                    1,
                    Integer::sum);
        }
        assertThat(counts).hasSize(8);
        assertThat(counts.values()).allSatisfy(count -> assertThat(count).isBetween(800, 1_200));
    }
}
