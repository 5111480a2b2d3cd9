package io.tidescope.app.cli;

import com.fasterxml.jackson.databind.JsonNode;

import io.tidescope.app.client.QueryClient.Answer;

import org.jspecify.annotations.Nullable;

import java.time.Duration;

/** Shows how a replay goes on, as the server tells it. */
final class ReplayView {
    private static final Duration LOOK = Duration.ofMillis(500);

    private final Replay replay;

    /** How a replay stands. */
    interface Replay {
        Answer look() throws InterruptedException;
    }

    ReplayView(Replay replay) {
        this.replay = replay;
    }

    /** Returns what the server says when it has ended. */
    Answer await(Terminal terminal) throws InterruptedException {
        String shown = "";
        @Nullable Meter meter = null;
        try {
            while (true) {
                Answer answer = replay.look();
                String task = task(answer.json());
                if (meter != null && !task.equals(shown)) {
                    meter.close();
                    meter = null;
                }
                if (task.isEmpty()) {
                    return answer;
                }
                if (meter == null) {
                    meter = Meter.on(terminal, task, "records");
                    shown = task;
                }
                long total = answer.json().path("total").asLong();
                if (total > 0) {
                    meter.show(answer.json().path("done").asLong(), total);
                }
                Thread.sleep(LOOK);
            }
        } finally {
            if (meter != null) {
                meter.close();
            }
        }
    }

    /** What it does; empty when it has ended. */
    private static String task(JsonNode replay) {
        return switch (replay.path("state").asText()) {
            case "preparing" -> "Copying";
            case "replaying", "switching" -> "Replaying";
            default -> "";
        };
    }
}
