package io.tidescope.app.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/**
 * The {@code tidescope} command.
 *
 * <p>Exit codes: 0 done, 1 it failed, 2 the command line was wrong.
 */
@Command(
        name = "tidescope",
        description = "A live, queryable index of an organisation's Java code.",
        subcommands = {UpCommand.class, QueryCommand.class, BrokerCommand.class, HelpCommand.class},
        synopsisSubcommandLabel = "COMMAND")
public final class CommandLineInterface {
    private CommandLineInterface() {}

    /** Runs a command line and returns its exit code. */
    public static int run(String... arguments) {
        return commandLine().execute(arguments);
    }

    static CommandLine commandLine() {
        CommandLine commandLine = new CommandLine(new CommandLineInterface());
        addStandardOptions(commandLine);
        return commandLine
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(Failures::wrongUsage)
                .setExecutionExceptionHandler(Failures::failed);
    }

    /** Gives every command {@code --help} and {@code --version}. */
    private static void addStandardOptions(CommandLine commandLine) {
        if (!commandLine.getCommandSpec().helpCommand()) {
            commandLine.getCommandSpec().mixinStandardHelpOptions(true);
            commandLine.getCommandSpec().versionProvider(new Version());
        }
        commandLine.getSubcommands().values().forEach(CommandLineInterface::addStandardOptions);
    }
}
