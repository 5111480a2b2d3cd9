package io.tidescope.app.cli;

import io.tidescope.schemas.Topics;

import picocli.CommandLine.Option;

import java.nio.file.Path;

/** The index that is worked on. */
final class IndexOptions {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = UpCommand.DATA,
            description = "Where everything is kept (default: ${DEFAULT-VALUE}).")
    private Path data = Path.of(UpCommand.DATA);

    @Option(
            names = "--partitions",
            defaultValue = "" + Topics.DEFAULT_PARTITIONS,
            description = "Partitions of a new index, 1 to 1024 (default: ${DEFAULT-VALUE}).")
    private int partitions;

    Path data() {
        return data;
    }

    Topics topics() {
        return new Topics(partitions);
    }
}
