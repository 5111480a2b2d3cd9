package io.tidescope.app.cli;

import io.tidescope.app.config.Role;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

import java.io.PrintWriter;

/**
 * The {@code tidescope} command.
 *
 * <p>Exit codes: 0 done, 1 it failed, 2 the command line was wrong.
 */
@Command(
        name = "tidescope",
        description = "A live, queryable index of an organisation's Java code.",
        subcommands = {
            UpCommand.class,
            PublishCommand.class,
            HookCommand.class,
            QueryCommand.class,
            SearchCommand.class,
            ClusterCommand.class,
            TopicsCommand.class,
            BrokerCommand.class,
            HelpCommand.class
        },
        synopsisSubcommandLabel = "COMMAND")
public final class CommandLineInterface {
    private static final int WIDTH = 100;

    private CommandLineInterface() {}

    /** Runs a command line and returns its exit code. */
    public static int run(String... arguments) {
        // Unlike the library's, this writer knows when nobody reads its stream any more.
        PrintWriter out = new PrintWriter(System.out, true, System.out.charset());
        CommandLine commandLine = commandLine().setOut(out);
        try {
            return commandLine.execute(arguments);
        } catch (Error e) {
            // Such as too little memory; picocli handles exceptions alone.
            return Failures.failed(e, commandLine);
        }
    }

    static CommandLine commandLine() {
        CommandLine commandLine = new CommandLine(new CommandLineInterface());
        for (Role role : Role.values()) {
            commandLine.addSubcommand(role.command(), RoleCommand.of(role));
        }
        addStandardOptions(commandLine);
        return commandLine
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(Failures::wrongUsage)
                .setExecutionExceptionHandler(
                        (failure, command, parsed) -> Failures.failed(failure, command));
    }

    /** Gives every command {@code --help} and {@code --version}. */
    private static void addStandardOptions(CommandLine commandLine) {
        if (!commandLine.getCommandSpec().helpCommand()) {
            // A command that is a method counts on these being the first of its options.
            if (!commandLine.getCommandSpec().mixinStandardHelpOptions()) {
                commandLine.getCommandSpec().mixinStandardHelpOptions(true);
            }
            commandLine.getCommandSpec().versionProvider(new Version());
            commandLine.getCommandSpec().usageMessage().abbreviateSynopsis(true).width(WIDTH);
        }
        commandLine.getSubcommands().values().forEach(CommandLineInterface::addStandardOptions);
    }
}
