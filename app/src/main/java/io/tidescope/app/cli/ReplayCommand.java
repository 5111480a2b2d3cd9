package io.tidescope.app.cli;

import io.tidescope.app.config.ClusterConfiguration;
import io.tidescope.app.role.ClusterCheck;
import io.tidescope.parser.replay.IndexTopics;
import io.tidescope.parser.replay.ReplayPlan;
import io.tidescope.parser.replay.ReplayPreparation;
import io.tidescope.parser.replay.ReplayStart;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.schemas.Topic;

import org.apache.kafka.clients.admin.Admin;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.time.Instant;

/**
 * Makes what a second index of a deployment is started on, and removes what one was; roles are
 * started and ended by whoever deploys them.
 */
@Command(
        name = "replay",
        description = "Prepares another index of a deployment, or removes one.",
        synopsisSubcommandLabel = "ACTION")
@SuppressWarnings("NullAway.Init") // picocli sets the specification
final class ReplayCommand {
    @Spec private CommandSpec command;

    @Command(
            mixinStandardHelpOptions = true,
            description = {
                "Makes the topics of an index, copies to them what is not parsed again, and has its"
                        + " parsers begin where the replay does.",
                "Copies from the index of the configuration, which may be in use."
            })
    int prepare(
            @Mixin ConfigurationOptions options,
            @Option(
                            names = "--from",
                            required = true,
                            paramLabel = "START",
                            description =
                                    "beginning; a time such as 2026-11-27T12:00:00Z; or offsets of"
                                            + " the log, such as offset:12 or offset:0=12,3=40.")
                    String from,
            @Option(
                            names = "--index",
                            required = true,
                            paramLabel = "NAME",
                            description = "What topics.index of its roles will be.")
                    String index)
            throws InterruptedException {
        ClusterConfiguration cluster = options.configuration().cluster();
        ReplayStart start = ReplayStart.parse(from, Instant.now());
        ClusterCheck.requireTopics(cluster.kafka(), cluster.topics());
        ReplayPlan plan;
        try (Meter meter = Meter.on(Terminal.err(), "Copying", "records")) {
            plan =
                    new ReplayPreparation(cluster.kafka(), cluster.topics())
                            .prepare(start, index, meter::show);
        }
        PrintWriter out = command.commandLine().getOut();
        plan.starts()
                .forEach(
                        (partition, offset) ->
                                out.printf(
                                        "partition %d is parsed from %d on%n", partition, offset));
        out.printf("prepared; start parsers and stores with topics.index: %s%n", index);
        out.flush();
        return CommandLine.ExitCode.OK;
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = {
                "Removes the topics and consumer groups of an index that no parser or store uses"
                        + " any more.",
                "Not of the index of the configuration."
            })
    int remove(
            @Mixin ConfigurationOptions options,
            @Option(
                            names = "--index",
                            required = true,
                            paramLabel = "NAME",
                            description = "Its name; '' for the first one.")
                    String index)
            throws InterruptedException {
        ClusterConfiguration cluster = options.configuration().cluster();
        if (index.equals(cluster.kafka().names().index())) {
            throw TideScopeException.invalid(
                    "index", "The index '%s' is that of the configuration.".formatted(index));
        }
        ClusterCheck.reach(cluster.kafka());
        try (Admin admin = Admin.create(cluster.kafka().clientProperties())) {
            new IndexTopics(admin, cluster.topics().withIndex(index)).remove();
        }
        PrintWriter out = command.commandLine().getOut();
        for (Topic topic : cluster.topics().withIndex(index).derived()) {
            out.printf("%s: removed%n", topic.name());
        }
        out.flush();
        return CommandLine.ExitCode.OK;
    }
}
