package io.tidescope.testing.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.Map;
import java.util.Set;

final class MarkedAnswerTest {
    @Test
    void aPageOfSymbolsIsReadWithWhatItSaysOfPartitions() throws IOException {
        JsonNode page =
                json(
                        """
                        {"complete": false,
                         "missing": [{"partition": 3, "reason": "gone"}],
                         "stale": [{"partition": 1, "lag": 2}, {"partition": 2, "lag": 0}],
                         "items": [{"name": "markOf7Version2"}, {"name": "markOf0Version10"},
                                   {"name": "markOf7Version3"}]}
                        """);

        assertThat(MarkedAnswer.of(page))
                .isEqualTo(
                        new MarkedAnswer(
                                false,
                                Set.of(3),
                                Set.of(1, 2),
                                Map.of(7, Set.of(2L, 3L), 0, Set.of(10L))));
    }

    @Test
    void whatIsLeftOutIsEmptyAndNotComplete() throws IOException {
        assertThat(MarkedAnswer.of(json("{}")))
                .isEqualTo(new MarkedAnswer(false, Set.of(), Set.of(), Map.of()));
    }

    @Test
    void aNameThatIsNoMarkIsRefused() throws IOException {
        JsonNode page = json("{\"items\": [{\"name\": \"markOfX\"}]}");

        assertThatThrownBy(() -> MarkedAnswer.of(page))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("markOfX");
    }

    private static JsonNode json(String text) throws IOException {
        return new ObjectMapper().readTree(text);
    }
}
