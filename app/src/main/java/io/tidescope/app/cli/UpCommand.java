package io.tidescope.app.cli;

import picocli.CommandLine.Command;

import java.util.concurrent.Callable;

@Command(name = "up", description = "Indexes repositories and answers questions about them.")
final class UpCommand implements Callable<Integer> {
    @Override
    public Integer call() throws Exception {
        return 0;
    }
}
