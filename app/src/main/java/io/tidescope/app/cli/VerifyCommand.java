package io.tidescope.app.cli;

import io.tidescope.app.check.Verification;
import io.tidescope.app.client.QueryClient;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.net.URI;
import java.util.List;
import java.util.concurrent.Callable;

/** Looks over what runs, after it was started. */
@Command(
        name = "verify",
        description = {
            "Looks whether a running TideScope works: the API, its latency, parsing, whether events"
                    + " flow, errors, and health and metrics of each admin port that is named.",
            "Changes nothing; ends with 1 when something does not work."
        })
@SuppressWarnings("NullAway.Init") // picocli sets the specification
final class VerifyCommand implements Callable<Integer> {
    @Spec private CommandSpec command;

    @Mixin private ServerOptions server = new ServerOptions();

    @Option(
            names = "--admin",
            paramLabel = "HOST:PORT",
            description = "Admin port of a process to look at; may be given several times.")
    private List<String> admins = List.of();

    @Mixin private FindingsView view;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = command.commandLine().getOut();
        List<URI> bases = admins.stream().map(address -> URI.create("http://" + address)).toList();
        try (QueryClient api = new QueryClient(server.url(), server.token())) {
            return view.end(out, Verification.of(api, bases, finding -> view.show(out, finding)));
        }
    }
}
