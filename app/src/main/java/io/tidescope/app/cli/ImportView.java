package io.tidescope.app.cli;

import com.fasterxml.jackson.databind.JsonNode;

import io.tidescope.app.client.QueryClient;
import io.tidescope.app.role.Publishing;
import io.tidescope.query.api.ApiLimits;
import io.tidescope.schemas.TideScopeException;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Shows how indexing catches up with the repositories that are followed. Asks the HTTP API as any
 * client would, so what it calls done can be queried.
 */
final class ImportView {
    private static final Duration LOOK = Duration.ofMillis(150);

    private final QueryClient client;
    private final Supplier<Publishing> publishing;
    private final Set<String> followed;
    private final Runnable goingOn;

    /**
     * @param followed names of the repositories to wait for; others may be in the index that nobody
     *     publishes any more
     * @param goingOn throws when something failed without which there is nothing to wait for
     */
    ImportView(
            QueryClient client,
            Supplier<Publishing> publishing,
            Set<String> followed,
            Runnable goingOn) {
        this.client = client;
        this.publishing = publishing;
        this.followed = Set.copyOf(followed);
        this.goingOn = goingOn;
    }

    /** Returns once everything is indexed but for repositories that have a problem. */
    void show(Terminal terminal) throws InterruptedException {
        long before = documents();
        try (Meter meter = Meter.on(terminal)) {
            while (true) {
                goingOn.run();
                Publishing now = publishing.get();
                boolean done = now.settled() && isIndexed(now.problems().keySet());
                if (now.changes() > 0) {
                    meter.show(
                            done ? now.changes() : Math.min(now.changes(), documents() - before),
                            now.changes());
                }
                if (done) {
                    now.problems()
                            .forEach((name, why) -> terminal.out().println(name + ": " + why));
                    return;
                }
                Thread.sleep(LOOK);
            }
        }
    }

    private long documents() throws InterruptedException {
        return ask("/status", Map.of()).path("documents").asLong();
    }

    private boolean isIndexed(Set<String> failed) throws InterruptedException {
        String cursor = "";
        do {
            JsonNode page =
                    ask(
                            "/repositories",
                            Map.of(
                                    "limit",
                                    Integer.toString(ApiLimits.MAX_ITEMS),
                                    "cursor",
                                    cursor));
            for (JsonNode repository : page.path("items")) {
                String name = repository.path("repository").asText();
                if (followed.contains(name) && !failed.contains(name) && !isIndexed(repository)) {
                    return false;
                }
            }
            cursor = page.path("nextCursor").asText("");
        } while (!cursor.isEmpty());
        return true;
    }

    private static boolean isIndexed(JsonNode repository) {
        for (JsonNode ref : repository.path("refs")) {
            if (!ref.path("state").asText().equals("indexed")) {
                return false;
            }
        }
        return true;
    }

    /** The store takes a moment to answer for all of its partitions. */
    private JsonNode ask(String path, Map<String, String> parameters) throws InterruptedException {
        while (true) {
            try {
                JsonNode answer = client.ask(path, parameters).json();
                if (answer.path("complete").asBoolean()) {
                    return answer;
                }
            } catch (TideScopeException e) {
                switch (e.code().category()) {
                    case RETRIABLE -> {}
                    case USER, CORRUPTION, BUG -> throw e;
                }
            }
            goingOn.run();
            Thread.sleep(LOOK);
        }
    }
}
