package io.tidescope.app.cli;

import com.fasterxml.jackson.databind.JsonNode;

import io.tidescope.app.role.Publishing;
import io.tidescope.query.api.ApiLimits;

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

    private final CompleteAnswers answers;
    private final Supplier<Publishing> publishing;
    private final Set<String> followed;
    private final Runnable goingOn;

    /**
     * @param followed names of the repositories to wait for; others may be in the index that nobody
     *     publishes any more
     * @param goingOn throws when something failed without which there is nothing to wait for
     */
    ImportView(
            CompleteAnswers answers,
            Supplier<Publishing> publishing,
            Set<String> followed,
            Runnable goingOn) {
        this.answers = answers;
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
        return answers.ask("/status", Map.of()).path("documents").asLong();
    }

    private boolean isIndexed(Set<String> failed) throws InterruptedException {
        String cursor = "";
        do {
            JsonNode page =
                    answers.ask(
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
}
