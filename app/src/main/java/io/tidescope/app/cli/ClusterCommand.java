package io.tidescope.app.cli;

import picocli.CommandLine.Command;

/** Commands about a whole cluster. */
@Command(
        name = "cluster",
        description = "Runs a cluster on this machine.",
        subcommands = ClusterUpCommand.class,
        synopsisSubcommandLabel = "ACTION")
final class ClusterCommand {}
