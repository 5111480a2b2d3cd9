package io.tidescope.app.cli;

import io.tidescope.app.client.Listings;
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

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;

/** Asks a running TideScope where a pattern of Java matches, or a rule holds. */
@Command(
        name = "search",
        description = "Finds where a pattern of Java matches, such as 'log.debug($$$ARGS)'.")
@SuppressWarnings("NullAway.Init") // picocli sets the specification
final class SearchCommand implements Callable<Integer> {
    @Spec private CommandSpec command;

    @Mixin private ServerOptions server = new ServerOptions();
    @Mixin private ScopeOptions scope = new ScopeOptions();
    @Mixin private PageOptions page = new PageOptions();

    @Parameters(
            arity = "0..1",
            paramLabel = "PATTERN",
            description = "Java with holes: $NAME and $_ for one node, $$$ for several.")
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

    @Option(names = "--json", description = "Show the answer as the server sent it.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        String question =
                StructureQuestion.json(pattern, rule, paths, page.and(scope.parameters()));
        try (QueryClient client = new QueryClient(server.url())) {
            QueryClient.Answer answer = client.post("/search/structural", question);
            PrintWriter out = command.commandLine().getOut();
            if (json) {
                out.println(answer.body().stripTrailing());
            } else {
                Listings.matches(answer.json()).forEach(out::println);
                QueryOptions.warn(answer.json(), command.commandLine().getErr());
            }
            out.flush();
        }
        return CommandLine.ExitCode.OK;
    }
}
