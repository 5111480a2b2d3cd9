package io.tidescope.parser.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidescope.schemas.KafkaConnection;

import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Map;

class StreamSettingsTest {
    @Test
    void aNodeThatNeverComesBackHoldsReadersUpForAMinuteAtMost() {
        assertThat(transactionTimeout(ParserSettings.DEFAULT_PARSE_DEADLINE))
                .isLessThanOrEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void aTransactionOutlastsAFileThatReachesItsDeadline() {
        for (Duration deadline :
                new Duration[] {
                    Duration.ofMillis(1),
                    ParserSettings.DEFAULT_PARSE_DEADLINE,
                    ParserSettings.MAX_PARSE_DEADLINE
                }) {
            assertThat(transactionTimeout(deadline))
                    .isGreaterThanOrEqualTo(deadline.plusSeconds(20));
        }
    }

    private static Duration transactionTimeout(Duration parseDeadline) {
        Map<Object, Object> settings =
                StreamSettings.of(
                        KafkaConnection.to("localhost:9092"),
                        new ParserSettings("node", 2, parseDeadline, Duration.ofSeconds(10)));
        String millis =
                String.valueOf(
                        settings.get(
                                StreamsConfig.producerPrefix(
                                        ProducerConfig.TRANSACTION_TIMEOUT_CONFIG)));
        return Duration.ofMillis(Long.parseLong(millis));
    }
}
