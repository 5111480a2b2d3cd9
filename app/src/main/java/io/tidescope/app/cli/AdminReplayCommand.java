package io.tidescope.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.tidescope.app.client.AdminListings;
import io.tidescope.app.client.QueryClient.Answer;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.util.Map;
import java.util.concurrent.Callable;

/** Has a running TideScope make its index anew, and waits for it. */
@Command(
        name = "replay",
        description = {
            "Makes the index anew from the log, beside the one that answers, which it takes the"
                    + " place of at the end.",
            "Without --from, says how the last replay stands."
        })
final class AdminReplayCommand implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Mixin private AdminOptions options = new AdminOptions();

    @Option(
            names = "--from",
            paramLabel = "START",
            defaultValue = "",
            description =
                    "beginning; a time such as 2026-11-27T12:00:00Z, from which on everything is"
                            + " parsed again; or offsets of the log, such as offset:12 or"
                            + " offset:0=12,3=40.")
    private String from = "";

    @Option(names = "--no-wait", description = "Return once it has begun.")
    private boolean noWait;

    @Override
    public Integer call() throws Exception {
        if (from.isEmpty()) {
            return options.ask(Map.of(), AdminListings::replay);
        }
        String body = JSON.writeValueAsString(Map.of("from", from));
        return options.ask(
                (client, root, name) -> {
                    Answer begun = client.post(root + name, body);
                    Answer last =
                            noWait
                                    ? begun
                                    : new ReplayView(() -> client.ask(root + name, Map.of()))
                                            .await(Terminal.err());
                    return options.show(last, AdminListings::replay, noWait || done(last.json()));
                });
    }

    /** A server that was started again meanwhile knows of none. */
    private static boolean done(JsonNode replay) {
        return replay.path("state").asText().equals("done");
    }
}
