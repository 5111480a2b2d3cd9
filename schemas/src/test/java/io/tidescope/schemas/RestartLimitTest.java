package io.tidescope.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

import java.time.Instant;

class RestartLimitTest {
    private Instant now = Instant.EPOCH;
    private final RestartLimit limit = new RestartLimit("the store", () -> now);

    @Test
    void whatHappensAgainAndAgainEndsWithItsReason() {
        KafkaException failure =
                new KafkaException(new TideScopeException(ErrorCode.NOT_FOUND, "no schema 7"));
        for (int i = 1; i < RestartLimit.MAX_FAILURES; i++) {
            assertThat(limit.refusal(failure)).isEmpty();
            now = now.plus(RestartLimit.SAME_TIME);
        }
        assertThat(limit.refusal(failure))
                .hasValueSatisfying(
                        refusal -> {
                            assertThat(refusal.code()).isEqualTo(ErrorCode.NOT_FOUND);
                            assertThat(refusal)
                                    .hasMessage("the store cannot go on: no schema 7")
                                    .hasCause(failure);
                        });
    }

    @Test
    void threadsThatFailTogetherFailOnce() {
        for (int i = 0; i < 10 * RestartLimit.MAX_FAILURES; i++) {
            assertThat(limit.refusal(new IllegalStateException("a bug"))).isEmpty();
        }
    }

    @Test
    void whatHappensNowAndThenDoesNot() {
        for (int i = 0; i < 10 * RestartLimit.MAX_FAILURES; i++) {
            assertThat(limit.refusal(new IllegalStateException("a bug"))).isEmpty();
            now = now.plus(RestartLimit.WINDOW.dividedBy(RestartLimit.MAX_FAILURES - 1));
        }
    }

    @Test
    void whatPassesByItselfIsWaitedFor() {
        for (int i = 0; i < 10 * RestartLimit.MAX_FAILURES; i++) {
            assertThat(limit.refusal(new TideScopeException(ErrorCode.UNAVAILABLE, "away")))
                    .isEmpty();
            assertThat(limit.refusal(new KafkaException(new TimeoutException("away")))).isEmpty();
        }
    }

    @Test
    void whatNoOtherThreadCanReadEndsAtOnce() {
        assertThat(
                        limit.refusal(
                                new KafkaException(
                                        new TideScopeException(
                                                ErrorCode.UNSUPPORTED_VERSION, "format 99"))))
                .isPresent();
    }

    @Test
    void aNodeWhosePlaceAnotherHasTakenEndsAtOnce() {
        assertThat(limit.refusal(new KafkaException(new FencedInstanceIdException("fenced"))))
                .hasValueSatisfying(
                        refusal ->
                                assertThat(refusal)
                                        .hasMessageContaining(
                                                "another process has started as the same node; give"
                                                        + " each a node id of its own"));
    }

    @Test
    void aDefectKeepsItsName() {
        assertThat(RestartLimit.known(new KafkaException(new IllegalStateException("a bug"))))
                .hasMessage("java.lang.IllegalStateException: a bug");
    }
}
