package io.tidescope.app.health;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Components that can be tried without a cluster. */
final class ComponentsTest {
    private static final Node BROKER = new Node(1, "broker", 9092);

    @TempDir private Path directory;

    @Test
    void aFileIsReallyParsed() {
        assertThat(new ParserHealth().problems()).isEmpty();
    }

    @Test
    void aDiskHasRoomOrNot() throws IOException {
        assertThat(new DiskHealth(directory, 1).problems()).isEmpty();
        assertThat(new DiskHealth(directory, Long.MAX_VALUE).problems())
                .singleElement()
                .asString()
                .contains("MiB are free at " + directory);
        Path missing = directory.resolve("missing");
        assertThat(new DiskHealth(missing, 1).problems())
                .containsExactly(missing + " cannot be written");
    }

    @Test
    void partitionsWithoutALeaderAreNamed() {
        assertThat(KafkaHealth.problems(Map.of("documents", topic(BROKER, BROKER)))).isEmpty();
        assertThat(
                        KafkaHealth.problems(
                                Map.of(
                                        "documents", topic(BROKER, Node.noNode()),
                                        "changes", topic(Node.noNode()))))
                .containsExactly("no broker leads changes-0, documents-1");
        assertThat(
                        KafkaHealth.problems(
                                Map.of(
                                        "documents",
                                        topic(
                                                Collections.nCopies(7, Node.noNode())
                                                        .toArray(Node[]::new)))))
                .singleElement()
                .asString()
                .endsWith("documents-4 and 2 more");
    }

    private static TopicDescription topic(Node... leaders) {
        return new TopicDescription(
                "any",
                false,
                IntStream.range(0, leaders.length)
                        .mapToObj(i -> new TopicPartitionInfo(i, leaders[i], List.of(), List.of()))
                        .toList());
    }
}
