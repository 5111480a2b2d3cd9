package io.tidescope.app.cli;

import io.tidescope.ingest.SampleRepository;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;

/**
 * Indexes some sources once and forgets them, for the JVM to learn from; nobody but the launcher
 * runs it. They are made a repository of here, for there may be no git.
 */
@Command(name = "rehearse", hidden = true, description = "Indexes sources once (internal).")
@SuppressWarnings("NullAway.Init") // picocli sets the parameters
final class RehearseCommand implements Callable<Integer> {
    @Parameters(index = "0", description = "Directory with Java files.")
    private Path sources;

    @Parameters(index = "1", description = "Directory for all that is made.")
    private Path scratch;

    @Spec private CommandSpec command;

    @Override
    public Integer call() throws IOException {
        Path sample = scratch.resolve("sample");
        SampleRepository.create(sources, sample);
        CommandLine up =
                CommandLineInterface.commandLine("up").setOut(command.commandLine().getOut());
        return up.execute(
                "up",
                sample.toString(),
                "--once",
                "--port",
                "0",
                "--data",
                scratch.resolve("data").toString());
    }
}
