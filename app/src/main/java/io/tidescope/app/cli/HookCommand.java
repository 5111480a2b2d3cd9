package io.tidescope.app.cli;

import io.tidescope.app.client.PokeEndpoint;
import io.tidescope.ingest.HookInstaller;
import io.tidescope.ingest.TrackedRepository;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Has git tell a running TideScope of every commit, instead of waiting for its next look. */
@Command(
        name = "hook",
        description = "Has git tell a running TideScope of every commit.",
        synopsisSubcommandLabel = "ACTION")
@SuppressWarnings("NullAway.Init") // picocli sets the specification
final class HookCommand {
    @Spec private CommandSpec command;

    @Command(
            mixinStandardHelpOptions = true,
            description = {
                "Installs the hooks; hooks that are there already keep running.",
                "They never delay git and never fail it. They ask with the token of --token-file,",
                "which they read each time; TIDESCOPE_TOKEN is not kept in them."
            })
    int install(
            @Parameters(paramLabel = "REPOSITORY", description = "Directory of the repository.")
                    Path repository,
            @Option(
                            names = "--name",
                            paramLabel = "OWNER/NAME",
                            description = "What the index calls it (default: as 'up' does).")
                    @Nullable String name,
            @Mixin ServerOptions server)
            throws Exception {
        TrackedRepository tracked = TrackedRepository.of(repository, name, List.of(), false);
        URI poke = server.pokes().resolve("/api/v1/poke");
        boolean answers = PokeEndpoint.look(poke);
        Path token = server.tokenFile();
        HookInstaller.install(
                tracked.directory(),
                poke,
                tracked.name(),
                token == null ? null : token.toAbsolutePath());
        if (ignoresToken(token, System.getenv())) {
            say(
                    "TIDESCOPE_TOKEN is not kept in the hooks, and they ask without a token; if"
                            + " they need one, install them again with --token-file.");
        }
        if (!answers) {
            say("Nobody answers at %s yet.".formatted(poke));
        }
        return say("Commits to %s are told to %s.".formatted(tracked.name(), poke));
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Removes the hooks and puts back what was there before.")
    int uninstall(
            @Parameters(paramLabel = "REPOSITORY", description = "Directory of the repository.")
                    Path repository) {
        List<Path> kept = HookInstaller.uninstall(repository);
        for (Path hook : kept) {
            say(hook + " was changed since it was installed, and is kept.");
        }
        return say(
                (kept.isEmpty() ? "The hooks are" : "The other hooks are")
                        + " gone from "
                        + repository
                        + ".");
    }

    /** A secret that is in the environment for now must not come to stand in a repository. */
    static boolean ignoresToken(@Nullable Path file, Map<String, String> environment) {
        return file == null && !environment.getOrDefault(ServerOptions.TOKEN, "").isBlank();
    }

    private int say(String line) {
        command.commandLine().getOut().println(line);
        command.commandLine().getOut().flush();
        return CommandLine.ExitCode.OK;
    }
}
