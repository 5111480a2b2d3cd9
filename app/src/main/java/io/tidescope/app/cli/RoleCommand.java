package io.tidescope.app.cli;

import io.tidescope.app.child.ParentPipe;
import io.tidescope.app.config.Address;
import io.tidescope.app.config.ArchiverConfiguration;
import io.tidescope.app.config.Configuration;
import io.tidescope.app.config.GatewayConfiguration;
import io.tidescope.app.config.IngestConfiguration;
import io.tidescope.app.config.ParserConfiguration;
import io.tidescope.app.config.RegistryConfiguration;
import io.tidescope.app.config.Role;
import io.tidescope.app.config.StoreConfiguration;
import io.tidescope.app.config.TracingConfiguration;
import io.tidescope.app.role.ArchiverRole;
import io.tidescope.app.role.GatewayRole;
import io.tidescope.app.role.IngestRole;
import io.tidescope.app.role.ParserRole;
import io.tidescope.app.role.RegistryRole;
import io.tidescope.app.role.RoleProcess;
import io.tidescope.app.role.StoreRole;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.util.concurrent.Callable;

/** Runs one role until it is told to stop; there is one such command for each role. */
@Command
@SuppressWarnings("NullAway.Init") // picocli sets the specification
final class RoleCommand implements Callable<Integer> {
    private final Role role;

    @Spec private CommandSpec command;

    @Mixin private ConfigurationOptions options;

    @Option(
            names = "--attached",
            hidden = true,
            description = "Say when it works, and stop when standard input ends.")
    private boolean attached;

    private RoleCommand(Role role) {
        this.role = role;
    }

    /** The command of a role. */
    static CommandLine of(Role role) {
        CommandLine commandLine = new CommandLine(new RoleCommand(role));
        commandLine
                .getCommandSpec()
                .name(role.command())
                .usageMessage()
                .description(
                        switch (role) {
                            case INGEST ->
                                    "Runs an ingest node: follows repositories and publishes them.";
                            case PARSER -> "Runs a parser node: parses what is published.";
                            case STORE -> "Runs a store node: keeps partitions of the index.";
                            case GATEWAY -> "Runs a gateway: serves the API over the stores.";
                            case REGISTRY ->
                                    "Runs a schema registry, for clusters without another.";
                            case ARCHIVER ->
                                    "Runs an archiver: backs the deployment up, again and again.";
                        });
        return commandLine;
    }

    @Override
    public Integer call() throws Exception {
        Configuration configuration = options.configuration();
        try (RoleProcess process = process(configuration)) {
            Logging.of(configuration.log());
            Thread.setDefaultUncaughtExceptionHandler(Logging::uncaught);
            try {
                return run(process);
            } finally {
                StopLimit.start();
            }
        }
    }

    private int run(RoleProcess process) throws Exception {
        try (StopSignal stop = StopSignal.install(process::close)) {
            if (attached) {
                Thread.ofPlatform().daemon().name("parent").start(RoleCommand::followParent);
            }
            process.start(stop::fail);
            say(process.admin());
            return stop.await();
        }
    }

    private RoleProcess process(Configuration configuration) {
        TracingConfiguration tracing = configuration.tracing(role);
        return switch (role) {
            case INGEST -> {
                IngestConfiguration ingest = configuration.ingest();
                yield new RoleProcess(ingest.admin(), tracing, new IngestRole(ingest));
            }
            case PARSER -> {
                ParserConfiguration parser = configuration.parser();
                yield new RoleProcess(parser.admin(), tracing, new ParserRole(parser));
            }
            case STORE -> {
                StoreConfiguration store = configuration.store();
                yield new RoleProcess(store.admin(), tracing, new StoreRole(store));
            }
            case GATEWAY -> {
                GatewayConfiguration gateway = configuration.gateway();
                yield new RoleProcess(gateway.admin(), tracing, new GatewayRole(gateway));
            }
            case REGISTRY -> {
                RegistryConfiguration registry = configuration.registry();
                yield new RoleProcess(registry.admin(), tracing, new RegistryRole(registry));
            }
            case ARCHIVER -> {
                ArchiverConfiguration archiver = configuration.archiver();
                yield new RoleProcess(archiver.admin(), tracing, new ArchiverRole(archiver));
            }
        };
    }

    private void say(Address admin) {
        if (attached) {
            ParentPipe.ready(System.out);
        } else {
            PrintWriter out = command.commandLine().getOut();
            out.printf("%s runs; health and metrics at http://%s%n", role.command(), admin);
            out.flush();
        }
    }

    /** Ends as on a signal, whatever is going on. */
    private static void followParent() {
        ParentPipe.awaitEnd(System.in);
        System.exit(CommandLine.ExitCode.OK);
    }
}
