package io.tidescope.app.cli;

import com.fasterxml.jackson.databind.JsonNode;

import io.tidescope.app.client.QueryClient;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What every question takes: whom to ask, how new the index must be, how to show the answer. */
@SuppressWarnings("NullAway.Init") // picocli sets the specification
final class QueryOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Mixin private ServerOptions server = new ServerOptions();

    @Option(names = "--json", description = "Show the answer as the server sent it.")
    private boolean json;

    @Mixin private FreshnessOptions freshness = new FreshnessOptions();

    int ask(String path, Map<String, String> parameters, Function<JsonNode, List<String>> listing)
            throws Exception {
        try (QueryClient client = new QueryClient(server.url(), server.token())) {
            QueryClient.Answer answer = client.ask(path, freshness.and(parameters));
            show(command.commandLine(), answer, json, listing);
        }
        return CommandLine.ExitCode.OK;
    }

    /**
     * @param asSent whether an answer is shown as it was sent, rather than as lines
     */
    static void show(
            CommandLine command,
            QueryClient.Answer answer,
            boolean asSent,
            Function<JsonNode, List<String>> listing) {
        PrintWriter out = command.getOut();
        if (asSent || answer.json().isNull()) {
            out.println(answer.body().stripTrailing());
        } else {
            listing.apply(answer.json()).forEach(out::println);
            warn(answer.json(), command.getErr());
        }
        out.flush();
    }

    /** What a reader of the list must know and no line of it says. */
    static void warn(JsonNode answer, PrintWriter err) {
        @Nullable String reason = answer.path("reason").textValue();
        if (reason != null) {
            err.println("tidescope: incomplete: " + reason);
        }
        if (!answer.path("missing").isEmpty()) {
            err.println(
                    "tidescope: incomplete, these partitions are missing: "
                            + answer.path("missing"));
        }
        for (JsonNode stale : answer.path("stale")) {
            if (stale.path("lagRecords").asLong(-1) != 0) {
                err.println(
                        "tidescope: a standby answered for partition %s, records behind: %s"
                                .formatted(stale.path("partition"), stale.path("lagRecords")));
            }
        }
        long unreadable = answer.path("unreadable").asLong();
        if (unreadable > 0) {
            err.println(
                    "tidescope: incomplete: of the documents searched, %d have a syntax tree that cannot be read"
                            .formatted(unreadable));
        }
        @Nullable String cursor = answer.path("nextCursor").textValue();
        if (cursor != null) {
            err.println("tidescope: there is more; continue with --cursor " + cursor);
        }
    }
}
