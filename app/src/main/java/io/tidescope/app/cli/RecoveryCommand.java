package io.tidescope.app.cli;

import io.tidescope.recovery.archive.DrillOutcome;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.util.List;

/** Brings a whole deployment back, and sees to it that it can be. */
@Command(
        name = "recovery",
        description = "Recovers a deployment from its backups, and tries that out.",
        synopsisSubcommandLabel = "ACTION",
        subcommands = {EmergencyCommand.class, RecoveryDrillCommand.class})
final class RecoveryCommand {
    @Command(
            mixinStandardHelpOptions = true,
            description = "The last drills, and what became of them.")
    int drills(@Mixin ArchiveOptions options) throws Exception {
        return options.open(
                (archive, _) -> {
                    List<DrillOutcome> drills = archive.drills().all();
                    options.show(drills, DrillView.list(drills));
                    return CommandLine.ExitCode.OK;
                });
    }
}
