package io.tidescope.app.cli;

import io.tidescope.app.config.Address;
import io.tidescope.app.config.HttpAccess;
import io.tidescope.app.config.Secret;
import io.tidescope.app.role.OwnCertificate;
import io.tidescope.app.role.RoleProcess;
import io.tidescope.app.standalone.DataDirectory;
import io.tidescope.app.standalone.Standalone;
import io.tidescope.app.standalone.StandaloneSettings;
import io.tidescope.ingest.TrackedRepository;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;

/** Starts everything, shows how the first import goes, and runs until it is told to stop. */
@Command(
        name = "up",
        description = {
            "Indexes git repositories, follows them and answers questions about them.",
            "Everything runs here, Kafka included; Ctrl-C stops it and the next start continues."
        })
@SuppressWarnings("NullAway.Init") // picocli sets the specification
final class UpCommand implements Callable<Integer> {
    static final String DATA = ".tidescope";

    static final int MAX_PORT = 65_535;

    /** Who may read health and metrics is not asked, so nobody else's machine can. */
    private static final Address ADMIN = new Address("127.0.0.1", 0);

    @Spec private CommandSpec command;

    @Mixin private FollowedOptions repositories;

    @Option(
            names = "--port",
            defaultValue = "8080",
            description = "Port of the HTTP API, 0 for any (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(
            names = "--host",
            defaultValue = "127.0.0.1",
            description = "Address of the HTTP API (default: ${DEFAULT-VALUE}).")
    private String host = "";

    @Option(
            names = "--admin-port",
            defaultValue = "0",
            description =
                    "Port of health and metrics on this machine, 0 for any (default:"
                            + " ${DEFAULT-VALUE}).")
    private int adminPort;

    @Option(names = "--once", description = "End once everything is indexed.")
    private boolean once;

    @Option(
            names = "--webhook-secret-file",
            paramLabel = "FILE",
            description =
                    "Take webhooks of GitHub, GitLab and Gitea that are signed with what it holds.")
    private @Nullable Path webhookSecretFile;

    @Mixin private HttpOptions http;

    @Mixin private IndexOptions index;

    @Mixin private TracingOptions tracing;

    @ArgGroup(exclusive = false)
    private @Nullable ClusterOptions cluster;

    @Override
    public Integer call() throws Exception {
        requirePort("--port", port);
        requirePort("--admin-port", adminPort);
        String problem = http.problem(new Address(host, port));
        if (problem != null) {
            throw wrong(problem);
        }
        HttpAccess access = http.access();
        List<TrackedRepository> followed = repositories.repositories(command);
        try (DataDirectory directory = DataDirectory.open(index.data())) {
            Logging.toFile(directory.logs().resolve("tidescope.log"));
            Thread.setDefaultUncaughtExceptionHandler(Logging::uncaught);
            StandaloneSettings settings =
                    new StandaloneSettings(
                            followed,
                            host,
                            port,
                            access,
                            webhookSecret(),
                            index.topics(),
                            cluster == null ? null : cluster.cluster(),
                            JavaCommand.forBroker());
            Standalone standalone = new Standalone(directory, settings);
            try (RoleProcess process =
                            new RoleProcess(
                                    ADMIN.withPort(adminPort), tracing.tracing(), standalone);
                    StopSignal stop = StopSignal.install(process::close)) {
                process.start(stop::fail);
                try (FirstImport indexing =
                        new FirstImport(
                                standalone.http(),
                                new Secret(standalone.token().text()),
                                access.tls() == null ? null : OwnCertificate.trusting(access.tls()),
                                followed,
                                stop::check)) {
                    indexing.show(standalone::publishing);
                    if (once) {
                        return standalone.publishing().problems().isEmpty()
                                ? CommandLine.ExitCode.OK
                                : CommandLine.ExitCode.SOFTWARE;
                    }
                    indexing.welcome(command.commandLine().getOut(), index.data(), process.admin());
                }
                return stop.await();
            }
        }
    }

    private void requirePort(String option, int value) {
        if (value < 0 || value > MAX_PORT) {
            throw wrong(option + " must be 0 to " + MAX_PORT + ", not " + value);
        }
    }

    private @Nullable String webhookSecret() throws IOException {
        if (webhookSecretFile == null) {
            return null;
        }
        String secret = Files.readString(webhookSecretFile).strip();
        if (secret.isEmpty()) {
            throw new TideScopeException(
                    ErrorCode.INVALID_ARGUMENT,
                    webhookSecretFile + " holds no secret, and nothing could be signed with it");
        }
        return secret;
    }

    private CommandLine.ParameterException wrong(String message) {
        return new CommandLine.ParameterException(command.commandLine(), message);
    }
}
