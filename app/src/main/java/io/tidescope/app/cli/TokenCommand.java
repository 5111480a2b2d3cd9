package io.tidescope.app.cli;

import io.tidescope.query.access.ApiToken;
import io.tidescope.query.access.Permission;
import io.tidescope.query.access.TokenEntry;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.security.SecureRandom;
import java.util.List;

/** Makes API tokens. */
@Command(
        name = "token",
        description = "Makes tokens for the HTTP API.",
        synopsisSubcommandLabel = "ACTION")
@SuppressWarnings("NullAway.Init") // picocli sets the specification
final class TokenCommand {
    @Spec private CommandSpec command;

    @Command(
            mixinStandardHelpOptions = true,
            description = {
                "Prints a new token, which is shown only now, and the line for the file of tokens.",
                "The line has a hash of the token and no secret."
            })
    int create(
            @Option(
                            names = "--name",
                            required = true,
                            paramLabel = "NAME",
                            description = "Whose it is, for the log.")
                    String name,
            @Option(
                            names = "--permission",
                            required = true,
                            paramLabel = "PERMISSION",
                            description = "read, publish or admin; may be given several times.")
                    List<Permission> permissions,
            @Option(
                            names = "--repository",
                            required = true,
                            paramLabel = "GLOB",
                            description =
                                    "Repositories it is for, such as 'team/*', or '**' for all;"
                                            + " may be given several times.")
                    List<String> repositories,
            @Option(
                            names = "--expires",
                            paramLabel = "TIME",
                            description = "When it ends, such as 2027-01-31T00:00:00Z.")
                    @Nullable String expires) {
        ApiToken token = ApiToken.create(new SecureRandom());
        TokenEntry entry =
                new TokenEntry(
                        name,
                        token.hash(),
                        permissions.stream().map(Permission::label).toList(),
                        repositories,
                        expires);
        PrintWriter out = command.commandLine().getOut();
        out.println("token: " + token.text());
        out.println("line:  " + entry.write());
        out.flush();
        return CommandLine.ExitCode.OK;
    }
}
