package io.tidescope.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.tidescope.app.client.QueryClient;
import io.tidescope.app.client.StoreListings;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import java.time.Duration;
import java.util.Map;
import java.util.Set;

/** What everything takes that is done to the stores: to which partition, and whether to wait. */
final class MaintenanceOptions {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LOOK = Duration.ofMillis(300);
    private static final Set<String> GOING_ON = Set.of("waiting", "running");

    @Option(names = "--partition", description = "Only this partition; else all.")
    private @Nullable Integer partition;

    @Option(names = "--no-wait", description = "Only begin; 'admin maintenance' says how it goes.")
    private boolean noWait;

    /**
     * Has all replicas begin what has the command's name, and unless told otherwise waits for the
     * last one.
     *
     * @param task what is done, for people
     */
    int begin(AdminOptions options, String task) throws Exception {
        return options.ask(
                (client, root, name) -> {
                    QueryClient.Answer answer = client.post(root + name, body());
                    if (noWait) {
                        return show(options, answer, true);
                    }
                    try (Meter meter = Meter.on(Terminal.err(), task, "replicas")) {
                        while (goingOn(answer.json()) > 0) {
                            show(meter, answer.json());
                            Thread.sleep(LOOK);
                            answer = client.ask(root + "maintenance", parameters());
                        }
                        show(meter, answer.json());
                    }
                    return show(options, answer, isDone(answer.json(), name));
                });
    }

    private static int show(AdminOptions options, QueryClient.Answer answer, boolean good) {
        return options.show(answer, StoreListings::maintenance, good);
    }

    private static void show(Meter meter, JsonNode answer) {
        int all = answer.path("items").size();
        meter.show(all - goingOn(answer), all);
    }

    private String body() {
        ObjectNode body = JSON.createObjectNode();
        if (partition != null) {
            body.put("partition", partition);
        }
        return body.toString();
    }

    private Map<String, String> parameters() {
        return Map.of("partition", partition == null ? "" : partition.toString());
    }

    private static int goingOn(JsonNode answer) {
        int goingOn = 0;
        for (JsonNode item : answer.path("items")) {
            if (GOING_ON.contains(item.path("phase").asText())) {
                goingOn++;
            }
        }
        return goingOn;
    }

    /** Whether every replica has done it, and not something else that was going on. */
    private static boolean isDone(JsonNode answer, String task) {
        for (JsonNode item : answer.path("items")) {
            if (!item.path("phase").asText().equals("done")
                    || !item.path("task").asText().equals(task)) {
                return false;
            }
        }
        return answer.path("missing").isEmpty();
    }
}
