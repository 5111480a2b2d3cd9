package io.tidescope.app.cli;

import io.tidescope.app.check.Preflight;
import io.tidescope.app.config.Role;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/** Looks over what a role needs, before it is started. */
@Command(
        name = "preflight",
        description = {
            "Looks whether a role can be started here: its configuration, Kafka and its topics, the"
                    + " schema registry, ports, certificates, tokens, disk, repositories, archive.",
            "Changes nothing; ends with 1 when something is missing."
        })
@SuppressWarnings("NullAway.Init") // picocli sets the specification
final class PreflightCommand implements Callable<Integer> {
    @Spec private CommandSpec command;

    @Parameters(
            paramLabel = "ROLE",
            description = "ingest, parser, store, gateway, registry or archiver.")
    private String role = "";

    @Mixin private ConfigurationOptions options;

    @Mixin private FindingsView view;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = command.commandLine().getOut();
        return view.end(
                out,
                Preflight.of(
                        named(role), options.configuration(), finding -> view.show(out, finding)));
    }

    private static Role named(String name) {
        return Arrays.stream(Role.values())
                .filter(role -> role.command().equals(name))
                .findFirst()
                .orElseThrow(
                        () ->
                                new TideScopeException(
                                        ErrorCode.INVALID_ARGUMENT,
                                        "there is no role '%s', but %s"
                                                .formatted(
                                                        name,
                                                        Arrays.stream(Role.values())
                                                                .map(Role::command)
                                                                .collect(
                                                                        Collectors.joining(
                                                                                ", ")))));
    }
}
