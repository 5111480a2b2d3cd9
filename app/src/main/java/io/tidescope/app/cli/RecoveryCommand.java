package io.tidescope.app.cli;

import io.tidescope.recovery.archive.DrillOutcome;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.util.List;

/** Sees to it that a deployment can be recovered. */
@Command(
        name = "recovery",
        description = "Sees to it that a deployment can be recovered.",
        synopsisSubcommandLabel = "ACTION",
        subcommands = RecoveryDrillCommand.class)
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
