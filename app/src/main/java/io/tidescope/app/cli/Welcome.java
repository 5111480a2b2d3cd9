package io.tidescope.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;

import io.tidescope.app.client.QueryClient;
import io.tidescope.app.config.Address;
import io.tidescope.ingest.TrackedRepository;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;

import org.jspecify.annotations.Nullable;

import java.io.PrintWriter;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a start ends on: the address, how much is indexed, and questions that have an answer. */
final class Welcome {
    private static final String TYPES = "class,interface,enum,record";

    private final QueryClient client;
    private final CompleteAnswers answers;
    private final String command;
    private final String options;
    private final URI address;
    private final @Nullable Address admin;
    private final List<TrackedRepository> repositories;

    /**
     * @param command how to call TideScope
     * @param options what a query needs to find this one; empty or starting with a blank
     */
    Welcome(
            QueryClient client,
            CompleteAnswers answers,
            URI address,
            @Nullable Address admin,
            List<TrackedRepository> repositories,
            String command,
            String options) {
        this.command = command;
        this.options = options;
        this.client = client;
        this.answers = answers;
        this.address = address;
        this.admin = admin;
        this.repositories = repositories;
    }

    void print(PrintWriter out) throws InterruptedException {
        JsonNode status = answers.ask("/status", Map.of());
        out.println();
        out.printf(Locale.ROOT, "TideScope answers at %s (Ctrl-C stops it).%n", address);
        if (admin != null) {
            out.printf("Health and metrics are at http://%s/health and /metrics.%n", admin);
        }
        out.printf(
                Locale.ROOT,
                "%n  %,d Java files, %,d lines, %,d definitions%n",
                status.path("documents").asLong(),
                status.path("lines").asLong(),
                status.path("definitions").asLong());
        out.println();
        String name = example();
        out.println("  " + command + " query symbols " + name + options);
        out.println("  " + command + " query occurrences " + name + options);
        out.println("  curl '" + address + "/api/v1/symbols?q=" + name + "'");
        out.println();
        out.flush();
    }

    /** A type that the index has, or just a name: nothing to fail for. */
    private String example() throws InterruptedException {
        try {
            return knownType().orElse("Main");
        } catch (TideScopeException e) {
            return "Main";
        }
    }

    private Optional<String> knownType() throws InterruptedException {
        for (TrackedRepository repository : repositories) {
            for (JsonNode document : documents(repository)) {
                String path = document.path("path").asText();
                String name = path.substring(path.lastIndexOf('/') + 1).replace(".java", "");
                if (!path.toLowerCase(Locale.ROOT).contains("test") && isType(name)) {
                    return Optional.of(name);
                }
            }
        }
        return Optional.empty();
    }

    /** None of a repository of which nothing could be published. */
    private JsonNode documents(TrackedRepository repository) throws InterruptedException {
        try {
            return client.ask("/documents", Map.of("repository", repository.name(), "limit", "200"))
                    .json()
                    .path("items");
        } catch (TideScopeException e) {
            if (e.code().category() != ErrorCode.Category.USER) {
                throw e;
            }
            return MissingNode.getInstance();
        }
    }

    private boolean isType(String name) throws InterruptedException {
        return name.chars().allMatch(Character::isJavaIdentifierPart)
                && !client.ask("/symbols", Map.of("q", name, "kind", TYPES, "limit", "1"))
                        .json()
                        .path("items")
                        .isEmpty();
    }
}
