package io.tidescope.app.cli;

import io.tidescope.schemas.TideScopeException;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;

/** How commands fail: one clear line on standard error, the details in the log. */
final class Failures {
    private static final Logger log = LoggerFactory.getLogger(Failures.class);

    private Failures() {}

    static int wrongUsage(ParameterException failure, String[] arguments) {
        CommandLine command = failure.getCommandLine();
        command.getErr().println("tidescope: " + firstLine(failure.getMessage()));
        if (!CommandLine.UnmatchedArgumentException.printSuggestions(failure, command.getErr())) {
            command.getErr()
                    .println(
                            "Try '"
                                    + command.getCommandSpec().qualifiedName()
                                    + " --help' for what it takes.");
        }
        return CommandLine.ExitCode.USAGE;
    }

    static int failed(Throwable failure, CommandLine command) {
        log.atInfo().setCause(failure).log("The command failed");
        command.getErr().println("tidescope: " + describe(failure));
        return CommandLine.ExitCode.SOFTWARE;
    }

    /** A line for a person; a defect keeps its class's name, which is what a report needs. */
    static String describe(Throwable failure) {
        return switch (failure) {
            // Every line: several things may be wrong at once.
            case TideScopeException known -> String.valueOf(known.getMessage()).strip();
            case UncheckedIOException io -> firstLine(io.getMessage()) + cause(io);
            case NoSuchFileException absent -> "there is no " + absent.getFile();
            case AccessDeniedException refused -> "no access to " + refused.getFile();
            case IOException io ->
                    io.getClass().getSimpleName() + ": " + firstLine(io.getMessage());
            default -> "unexpected failure: " + failure;
        };
    }

    private static String cause(UncheckedIOException failure) {
        IOException cause = failure.getCause();
        return cause == null ? "" : ": " + describe(cause);
    }

    private static String firstLine(@Nullable String message) {
        return message == null ? "" : message.lines().findFirst().orElse("");
    }
}
