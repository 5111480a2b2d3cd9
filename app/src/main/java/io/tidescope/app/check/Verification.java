package io.tidescope.app.check;

import com.fasterxml.jackson.databind.JsonNode;

import io.tidescope.app.client.AdminClient;
import io.tidescope.app.client.QueryClient;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Whether what was deployed works, as those who use it and those who watch it see it. Asks, and
 * changes nothing.
 */
public final class Verification {
    private static final int QUESTIONS = 20;
    private static final Duration SLOW = Duration.ofSeconds(1);
    private static final double BEHIND_SECONDS = 60;
    private static final String SOURCE = "class Probe { int limit; }";

    private final Checklist checklist;
    private final QueryClient api;

    private Verification(QueryClient api, Consumer<Finding> told) {
        this.api = api;
        checklist = new Checklist(told);
    }

    /**
     * Looks at everything.
     *
     * @param api of a gateway; troubleshooting is asked, so its token should be for that, too
     * @param admins bases of the admin ports to look at, such as {@code http://127.0.0.1:9104}
     * @param told hears of each finding at once
     * @return all of them
     */
    public static List<Finding> of(QueryClient api, List<URI> admins, Consumer<Finding> told)
            throws InterruptedException {
        Verification verification = new Verification(api, told);
        verification.check(admins);
        return verification.checklist.findings();
    }

    private void check(List<URI> admins) throws InterruptedException {
        if (checklist.check("API", this::answers)) {
            checklist.check("latency", this::latency);
            checklist.check("revisions", this::revisions);
            checklist.check("parsing", this::parsing);
            checklist.check("events", this::events);
            checklist.check("errors", this::errors);
        }
        for (URI admin : admins) {
            try (AdminClient client = new AdminClient(admin)) {
                checklist.check("health of " + admin.getAuthority(), it -> health(it, client));
                checklist.check("metrics of " + admin.getAuthority(), it -> metrics(it, client));
            }
        }
    }

    private Finding answers(String subject) throws InterruptedException {
        JsonNode status = api.ask("/status", Map.of()).json();
        String size =
                "%,d documents in %d partitions"
                        .formatted(
                                status.path("documents").asLong(),
                                status.path("partitionCount").asInt());
        return status.path("complete").asBoolean()
                ? Finding.ok(subject, size)
                : Finding.failed(subject, size + "; missing " + status.path("missing"));
    }

    private Finding latency(String subject) throws InterruptedException {
        List<Long> millis = new ArrayList<>();
        for (int i = 0; i < QUESTIONS; i++) {
            long start = System.nanoTime();
            api.ask("/symbols", Map.of("q", "Object" + i, "limit", "1"));
            millis.add((System.nanoTime() - start) / 1_000_000);
        }
        Collections.sort(millis);
        String seen =
                "%d questions for symbols, %d ms in the middle, %d at most"
                        .formatted(QUESTIONS, millis.get(QUESTIONS / 2), millis.getLast());
        return millis.getLast() < SLOW.toMillis()
                ? Finding.ok(subject, seen)
                : Finding.warning(subject, seen);
    }

    private Finding revisions(String subject) throws InterruptedException {
        List<String> pending = new ArrayList<>();
        int refs = 0;
        String cursor = "";
        do {
            JsonNode page =
                    api.ask("/repositories", Map.of("limit", "1000", "cursor", cursor)).json();
            for (JsonNode repository : page.path("items")) {
                for (JsonNode ref : repository.path("refs")) {
                    refs++;
                    if (!ref.path("state").asText().equals("indexed")) {
                        pending.add(
                                repository.path("repository").asText()
                                        + ' '
                                        + ref.path("ref").asText());
                    }
                }
            }
            cursor = page.path("nextCursor").asText("");
        } while (!cursor.isEmpty() && !cursor.equals("null"));
        if (refs == 0) {
            return Finding.warning(subject, "nothing was published yet");
        }
        return pending.isEmpty()
                ? Finding.ok(subject, "%,d refs, each indexed as published".formatted(refs))
                : Finding.warning(
                        subject,
                        "of %,d refs %,d are not indexed yet, such as %s"
                                .formatted(refs, pending.size(), pending.getFirst()));
    }

    private Finding parsing(String subject) throws Exception {
        JsonNode parsed =
                api.post("/admin/test-parse", "{\"source\":\"%s\"}".formatted(SOURCE)).json();
        return parsed.path("outcome").asText().equals("parsed")
                ? Finding.ok(
                        subject,
                        "a file was parsed in %.1f ms".formatted(parsed.path("millis").asDouble()))
                : Finding.failed(subject, "a file without an error came out as " + parsed);
    }

    private Finding events(String subject) throws InterruptedException {
        JsonNode items = api.ask("/admin/lag", Map.of()).json().path("items");
        double most = 0;
        for (JsonNode partition : items) {
            if (!partition.path("seconds").isNumber()) {
                return Finding.warning(
                        subject,
                        "how far %s is behind is not known"
                                .formatted(partition.path("group").asText()));
            }
            most = Math.max(most, partition.path("seconds").asDouble());
        }
        String seen = "the oldest that was not read has waited %.1f s".formatted(most);
        if (items.isEmpty()) {
            return Finding.warning(subject, "nobody reads them");
        }
        return most < BEHIND_SECONDS ? Finding.ok(subject, seen) : Finding.failed(subject, seen);
    }

    private Finding errors(String subject) throws InterruptedException {
        JsonNode items =
                api.ask("/admin/recent-errors", Map.of("severity", "error", "limit", "10"))
                        .json()
                        .path("items");
        if (items.isEmpty()) {
            return Finding.ok(subject, "no request has failed at this gateway");
        }
        JsonNode last = items.get(0);
        return Finding.warning(
                subject,
                "%s at %s, %s; the log has it under %s"
                        .formatted(
                                last.path("code").asText(),
                                last.path("at").asText(),
                                last.path("endpoint").asText(),
                                last.path("errorId").asText()));
    }

    private static Finding health(String subject, AdminClient client) throws Exception {
        JsonNode health = client.health();
        if (health.path("status").asText().equals("up")) {
            return Finding.ok(
                    subject, "up: " + String.join(", ", names(health.path("components"))));
        }
        List<String> reasons = new ArrayList<>();
        health.path("reasons").forEach(reason -> reasons.add(reason.asText()));
        health.path("components")
                .properties()
                .forEach(
                        component -> {
                            if (!component.getValue().path("status").asText().equals("up")) {
                                reasons.add(
                                        component.getKey()
                                                + ": "
                                                + component.getValue().path("reasons"));
                            }
                        });
        return Finding.failed(subject, String.join("; ", reasons));
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static Finding metrics(String subject, AdminClient client) throws Exception {
        long families = client.metrics().lines().filter(line -> line.startsWith("# TYPE ")).count();
        return families > 0
                ? Finding.ok(subject, "%d of them".formatted(families))
                : Finding.failed(subject, "there are none");
    }
}
