package io.tidescope.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.tidescope.app.client.QueryClient;

import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What every question about TideScope itself takes: whom to ask, and how to show the answer. */
@SuppressWarnings("NullAway.Init") // picocli sets the specification
final class AdminOptions {
    private static final String ROOT = "/admin/";
    private static final ObjectMapper JSON = new ObjectMapper();

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Mixin private ServerOptions server = new ServerOptions();

    @Option(names = "--json", description = "Show the answer as the server sent it.")
    private boolean json;

    /** Asks what has the command's name. */
    int ask(Map<String, String> parameters, Function<JsonNode, List<String>> listing)
            throws Exception {
        try (QueryClient client = new QueryClient(server.url(), server.token())) {
            return show(client.ask(ROOT + command.name(), parameters), listing);
        }
    }

    /** The same with a body: what does something, or takes much to say. */
    int post(Map<String, ?> body, Function<JsonNode, List<String>> listing) throws Exception {
        try (QueryClient client = new QueryClient(server.url(), server.token())) {
            return show(client.post(ROOT + command.name(), JSON.writeValueAsString(body)), listing);
        }
    }

    /** Asks several times. */
    int ask(Conversation conversation) throws Exception {
        try (QueryClient client = new QueryClient(server.url(), server.token())) {
            return conversation.with(client, ROOT, command.name());
        }
    }

    /** Shows what came last of it. */
    int show(QueryClient.Answer answer, Function<JsonNode, List<String>> listing, boolean good) {
        show(answer, listing);
        return good ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    /** Several questions to one server. */
    @FunctionalInterface
    interface Conversation {
        /**
         * @param root what paths begin with
         * @param name of the command
         * @return the exit code
         */
        int with(QueryClient client, String root, String name) throws Exception;
    }

    private int show(QueryClient.Answer answer, Function<JsonNode, List<String>> listing) {
        QueryOptions.show(command.commandLine(), answer, json, listing);
        return CommandLine.ExitCode.OK;
    }
}
