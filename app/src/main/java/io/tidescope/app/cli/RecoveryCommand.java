package io.tidescope.app.cli;

import picocli.CommandLine.Command;

/** Brings a whole deployment back. */
@Command(
        name = "recovery",
        description = "Recovers a deployment from its backups.",
        synopsisSubcommandLabel = "ACTION",
        subcommands = EmergencyCommand.class)
final class RecoveryCommand {}
