package io.tidescope.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidescope.schemas.KafkaConnection;
import io.tidescope.schemas.Namespace;
import io.tidescope.testing.Eventually;

import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How long a stopped index of a million lines takes to serve again.
 *
 * <p>Method: import, stop as Ctrl-C does, start. The clock runs from the start of the launcher to
 * the first complete {@code /status} with as many documents as before. That nothing was parsed
 * again is told by the documents topic, to which every parse writes: its end has not moved. The
 * ratio is to the time that the import took from the start of the launcher.
 */
class RestartBench {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    @TempDir Path directory;

    @Test
    void ofAMillionLines() {
        Report report = new Report("restart");
        MillionLines code = MillionLines.read();
        long start = System.nanoTime();
        try (RunningIndex million =
                new RunningIndex(
                        directory.resolve("data"), code.commit(directory.resolve("million")))) {
            double importSeconds = secondsSince(start);
            long documents = million.documents();
            long end = endOfDocuments(million);
            assertThat(million.process().stop()).isZero();

            long restart = System.nanoTime();
            million.restart();
            Eventually.until(LIMIT, "serves everything", () -> million.documents() == documents);
            double restartSeconds = secondsSince(restart);
            assertThat(endOfDocuments(million)).as("end of the documents topic").isEqualTo(end);

            report.line("%,d lines, %,d documents", code.lines(), documents);
            report.line("start to serving: %.1f s, files parsed again: 0", restartSeconds);
            report.line(
                    "ratio restart / first start with import: %.3f",
                    restartSeconds / importSeconds);
        }
    }

    private static long endOfDocuments(RunningIndex million) {
        Map<String, Object> properties =
                KafkaConnection.to(million.process().endpoints().getProperty("bootstrap"))
                        .clientProperties();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions =
                    consumer.partitionsFor(Namespace.NONE.documents()).stream()
                            .map(info -> new TopicPartition(info.topic(), info.partition()))
                            .toList();
            return consumer.endOffsets(partitions).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
        }
    }

    private static double secondsSince(long nanoTime) {
        return (System.nanoTime() - nanoTime) / 1e9;
    }
}
