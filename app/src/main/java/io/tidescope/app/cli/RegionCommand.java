package io.tidescope.app.cli;

import io.tidescope.recovery.region.RegionEpoch;
import io.tidescope.recovery.region.RegionStatus;
import io.tidescope.recovery.region.Renewal;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.time.InstantSource;
import java.util.List;

/** Looks after two regions of which one publishes and the other one mirrors it. */
@Command(
        name = "region",
        description = "Shows two regions, and changes which of them publishes.",
        synopsisSubcommandLabel = "ACTION",
        subcommands = {
            RegionFailoverCommand.class,
            RegionFailbackCommand.class,
            RegionMirrorCommand.class
        })
final class RegionCommand {
    @Command(
            mixinStandardHelpOptions = true,
            description = {
                "Which region publishes, how far the other one is behind, and the last revision of"
                        + " each ref that both have.",
                "Ends with 1 when not both could be asked."
            })
    int status(@Mixin RegionOptions options) throws Exception {
        return options.open(
                (regions, witness) -> {
                    RegionStatus status = RegionStatus.of(witness, regions.own(), regions.peer());
                    RegionStatusView.Status shown =
                            RegionStatusView.of(status, InstantSource.system().instant());
                    options.answers().show(shown, RegionStatusView.lines(shown));
                    return status.problems().isEmpty()
                            ? CommandLine.ExitCode.OK
                            : CommandLine.ExitCode.SOFTWARE;
                });
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = {
                "Has the log of this region, which publishes, count as another one: after it was"
                        + " deleted and restored, before its roles start.",
                "Mirrors of it end, and the other region is emptied and mirrors it anew: 'tidescope"
                        + " region failback --patience 0s' there, with its roles stopped."
            })
    int renew(@Mixin RegionOptions options) throws Exception {
        return options.open(
                (regions, witness) -> {
                    RegionEpoch epoch =
                            Renewal.run(
                                    witness,
                                    regions.own().name(),
                                    InstantSource.system(),
                                    RegionOptions.by());
                    RegionStatusView.Epoch shown = RegionStatusView.Epoch.of(epoch);
                    options.answers().show(shown, List.of(shown.says()));
                    return CommandLine.ExitCode.OK;
                });
    }
}
