package io.tidescope.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.tidescope.app.client.Listings;
import io.tidescope.app.client.MatchPages;
import io.tidescope.app.client.QueryClient;
import io.tidescope.app.client.StructureQuestion;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;

/** Asks a running TideScope where a pattern of Java matches, or a rule holds. */
@Command(
        name = "search",
        // Two dollars are one in the help.
        description = "Finds where a pattern of Java matches, such as 'log.debug($$$$$$ARGS)'.")
@SuppressWarnings("NullAway.Init") // picocli sets the specification
final class SearchCommand implements Callable<Integer> {
    /** Characters passed on at once. */
    private static final int PART = 16 * 1024;

    @Spec private CommandSpec command;

    @Mixin private ServerOptions server = new ServerOptions();
    @Mixin private ScopeOptions scope = new ScopeOptions();
    @Mixin private PageOptions page = new PageOptions();
    @Mixin private FreshnessOptions freshness = new FreshnessOptions();

    @Parameters(
            arity = "0..1",
            paramLabel = "PATTERN",
            description = "Java with holes: $NAME and $_ for one node, $$$$$$ for several.")
    private @Nullable String pattern;

    @Option(
            names = "--rule",
            paramLabel = "FILE",
            description = "A rule of ast-grep's form in YAML, instead of a pattern.")
    private @Nullable Path rule;

    @Option(
            names = "--path",
            paramLabel = "GLOB",
            description = "Only paths like this one, such as '**/test/**'; repeatable.")
    private List<String> paths = List.of();

    @Option(names = "--count", description = "Only count the matches, all of them.")
    private boolean count;

    @Option(
            names = "--explain",
            description = "Show how the matches are looked for, and count them.")
    private boolean explain;

    @Option(names = "--json", description = "Show the answer as the server sends it, one page.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = command.commandLine().getOut();
        try (QueryClient client = new QueryClient(server.url(), server.token())) {
            if (json) {
                copy(client, explain ? question().explained() : question(), out);
            } else if (explain) {
                explain(client, question().explained(), out);
            } else {
                list(client, question(), out);
            }
        }
        out.flush();
        return CommandLine.ExitCode.OK;
    }

    private StructureQuestion question() throws IOException {
        StructureQuestion question =
                StructureQuestion.of(
                        pattern, rule, paths, freshness.and(page.and(scope.parameters())));
        return count ? question.counting() : question;
    }

    /** Of the first page alone, which is where most searches end. */
    private void explain(QueryClient client, StructureQuestion question, PrintWriter out)
            throws IOException, InterruptedException {
        try (InputStream answer = client.open(MatchPages.PATH, question.counting().json())) {
            JsonNode explained = new ObjectMapper().readTree(answer);
            Listings.plan(explained).forEach(out::println);
            out.flush();
            QueryOptions.warn(explained, command.commandLine().getErr());
        }
    }

    private void list(QueryClient client, StructureQuestion question, PrintWriter out)
            throws InterruptedException {
        PrintWriter err = command.commandLine().getErr();
        MatchPages pages =
                new MatchPages(
                        client,
                        match -> out.print(Listings.match(match) + System.lineSeparator()),
                        // As when it is piped into a command that has ended.
                        () -> !out.checkError());
        JsonNode end = pages.read(question, incomplete -> QueryOptions.warn(incomplete, err));
        if (count && end.has("count")) {
            out.println(end.path("count").asLong());
        }
        out.flush();
        QueryOptions.warn(end, err);
    }

    private static void copy(QueryClient client, StructureQuestion question, PrintWriter out)
            throws IOException, InterruptedException {
        try (Reader answer =
                new InputStreamReader(
                        client.open(MatchPages.PATH, question.json()), StandardCharsets.UTF_8)) {
            char[] part = new char[PART];
            int length = answer.read(part);
            while (length >= 0 && !out.checkError()) {
                out.write(part, 0, length);
                length = answer.read(part);
            }
        }
        out.println();
    }
}
