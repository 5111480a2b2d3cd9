package io.tidescope.app.cli;

import io.tidescope.app.config.Role;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The {@code tidescope} command.
 *
 * <p>Exit codes: 0 done, 1 it failed, 2 the command line was wrong; 75 of what has to be started
 * again.
 */
@Command(
        name = "tidescope",
        description = "A live, queryable index of an organisation's Java code.",
        synopsisSubcommandLabel = "COMMAND")
public final class CommandLineInterface {
    private static final int WIDTH = 100;

    /** By name, in the order in which they are listed. */
    private static final Map<String, Supplier<Object>> COMMANDS = commands();

    private CommandLineInterface() {}

    private static Map<String, Supplier<Object>> commands() {
        Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
        commands.put("up", UpCommand::new);
        commands.put("publish", PublishCommand::new);
        commands.put("hook", HookCommand::new);
        commands.put("query", QueryCommand::new);
        commands.put("search", SearchCommand::new);
        commands.put("admin", AdminCommand::new);
        commands.put("preflight", PreflightCommand::new);
        commands.put("verify", VerifyCommand::new);
        commands.put("token", TokenCommand::new);
        commands.put("cluster", ClusterCommand::new);
        commands.put("topics", TopicsCommand::new);
        commands.put("replay", ReplayCommand::new);
        commands.put("backup", BackupCommand::new);
        commands.put("restore", RestoreCommand::new);
        commands.put("recovery", RecoveryCommand::new);
        commands.put("region", RegionCommand::new);
        commands.put("broker", BrokerCommand::new);
        commands.put("rehearse", RehearseCommand::new);
        for (Role role : Role.values()) {
            commands.put(role.command(), () -> RoleCommand.of(role));
        }
        return commands;
    }

    /** Runs a command line and returns its exit code. */
    public static int run(String... arguments) {
        // Unlike the library's, this writer knows when nobody reads its stream any more.
        PrintWriter out = new PrintWriter(System.out, true, System.out.charset());
        CommandLine commandLine = commandLine(arguments).setOut(out);
        try {
            return commandLine.execute(arguments);
        } catch (Error e) {
            // Such as too little memory; picocli handles exceptions alone.
            return Failures.failed(e, commandLine);
        }
    }

    /**
     * What understands a command line: the command that it begins with alone, or all of them when
     * it begins with none. Setting up all takes as long as the rest of a short command.
     */
    static CommandLine commandLine(String... arguments) {
        Supplier<Object> named = arguments.length == 0 ? null : COMMANDS.get(arguments[0]);
        CommandLine commandLine = new CommandLine(new CommandLineInterface());
        for (Supplier<Object> command :
                named == null ? COMMANDS.values() : List.<Supplier<Object>>of(named)) {
            commandLine.addSubcommand(command.get());
        }
        commandLine.addSubcommand(new HelpCommand());
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
