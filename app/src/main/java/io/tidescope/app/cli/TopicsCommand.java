package io.tidescope.app.cli;

import io.tidescope.app.config.ClusterConfiguration;
import io.tidescope.app.role.ClusterCheck;
import io.tidescope.schemas.Topic;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks after the topics of a deployment, for whoever may create topics where the roles may not.
 */
@Command(
        name = "topics",
        description = "Creates and checks the topics of a deployment.",
        synopsisSubcommandLabel = "ACTION")
@SuppressWarnings("NullAway.Init") // picocli sets the specification
final class TopicsCommand {
    @Spec private CommandSpec command;

    @Command(
            mixinStandardHelpOptions = true,
            description = "Creates topics that are missing and checks the others.")
    int create(
            @Mixin ConfigurationOptions options,
            @Option(names = "--registry", description = "That of TideScope's own registry, too.")
                    boolean registry) {
        ClusterConfiguration cluster = options.configuration().cluster();
        List<Topic> topics = new ArrayList<>(cluster.topics().all());
        if (registry) {
            topics.add(cluster.topics().schemas());
        }
        ClusterCheck.ensureTopics(cluster.kafka(), topics, cluster.topics().replication());
        PrintWriter out = command.commandLine().getOut();
        for (Topic topic : topics) {
            out.printf("%s: %d partitions%n", topic.name(), topic.partitions());
        }
        out.flush();
        return CommandLine.ExitCode.OK;
    }
}
