package io.tidescope.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.tidescope.app.client.QueryClient.Answer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

@Timeout(60)
final class ReplayViewTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final Deque<Answer> answers = new ArrayDeque<>();

    @Test
    void eachStepIsShownUntilTheReplayHasEnded() throws Exception {
        tell("preparing", 0, 0);
        tell("preparing", 20, 20);
        tell("replaying", 1_000, 1_000);
        tell("switching", 1_001, 1_001);
        tell("done", 1_001, 1_001);

        Answer last =
                new ReplayView(answers::remove)
                        .await(
                                new Terminal(
                                        new PrintStream(printed, true, StandardCharsets.UTF_8),
                                        false));

        assertThat(last.json().path("state").asText()).isEqualTo("done");
        assertThat(answers).isEmpty();
        assertThat(printed.toString(StandardCharsets.UTF_8).lines())
                .containsExactlyElementsOf(
                        List.of(
                                "Copying: 20 of 20 records",
                                "Replaying: 1,000 of 1,000 records",
                                "Replaying: 1,001 of 1,001 records"));
    }

    private void tell(String state, long done, long total) throws JsonProcessingException {
        String body =
                "{\"state\": \"%s\", \"done\": %d, \"total\": %d}".formatted(state, done, total);
        answers.add(new Answer(body, JSON.readTree(body)));
    }
}
