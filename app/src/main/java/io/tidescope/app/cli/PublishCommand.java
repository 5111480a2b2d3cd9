package io.tidescope.app.cli;

import io.tidescope.app.standalone.DataDirectory;
import io.tidescope.app.standalone.Endpoints;
import io.tidescope.app.standalone.OneShotPublish;
import io.tidescope.ingest.PublishSummary;
import io.tidescope.ingest.PublishedRef;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;

/** Publishes what a repository's refs point at, once, and ends. */
@Command(
        name = "publish",
        description = {
            "Publishes what the refs of a repository point at, once.",
            "Into the cluster named, else that of the TideScope running on the data directory, else"
                    + " the data directory's own."
        })
@SuppressWarnings("NullAway.Init") // picocli sets the specification
final class PublishCommand implements Callable<Integer> {
    @Spec private CommandSpec command;

    @Parameters(paramLabel = "REPOSITORY", description = "Directory of the repository.")
    private Path repository;

    @Mixin private RepositoryOptions options;

    @Mixin private IndexOptions index;

    @ArgGroup(exclusive = false)
    private @Nullable ClusterOptions cluster;

    @Override
    public Integer call() throws Exception {
        OneShotPublish publish =
                new OneShotPublish(options.track(repository, false), index.topics());
        print(cluster == null ? publish(publish) : publish.into(cluster.cluster()));
        return CommandLine.ExitCode.OK;
    }

    private PublishSummary publish(OneShotPublish publish) throws Exception {
        Optional<DataDirectory> free = DataDirectory.openUnlessHeld(index.data());
        if (free.isEmpty()) {
            return publish.into(
                    Endpoints.find(index.data())
                            .orElseThrow(
                                    () ->
                                            new TideScopeException(
                                                    ErrorCode.UNAVAILABLE,
                                                    "the TideScope on "
                                                            + index.data()
                                                            + " is still starting; try again"
                                                            + " shortly"))
                            .cluster());
        }
        try (DataDirectory directory = free.get()) {
            Logging.toFile(directory.logs().resolve("tidescope.log"));
            return publish.into(directory, JavaCommand.forBroker());
        }
    }

    private void print(PublishSummary summary) {
        PrintWriter out = command.commandLine().getOut();
        for (PublishedRef ref : summary.published()) {
            out.printf(
                    "%s %s %s: %d written, %d removed%n",
                    ref.repository(),
                    ref.ref(),
                    ref.commit() == null ? "deleted" : ref.commit(),
                    ref.writes(),
                    ref.removals());
        }
        if (summary.published().isEmpty()) {
            out.println(summary.repository() + " is up to date.");
        }
        out.flush();
    }
}
