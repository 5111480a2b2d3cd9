package io.tidescope.app.cli;

import io.tidescope.app.broker.BrokerChild;
import io.tidescope.app.broker.BrokerPorts;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.nio.file.Path;
import java.util.concurrent.Callable;

/** Runs the embedded broker; {@code up} starts it as its child, nobody else does. */
@Command(name = "broker", hidden = true, description = "Runs the embedded broker (internal).")
@SuppressWarnings("NullAway.Init") // picocli sets what is required
final class BrokerCommand implements Callable<Integer> {
    @Option(names = "--directory", required = true)
    private Path directory;

    @Option(names = "--port", required = true)
    private int port;

    @Option(names = "--controller-port", required = true)
    private int controllerPort;

    @Option(names = "--logs", required = true)
    private Path logs;

    @Override
    public Integer call() throws Exception {
        Logging.toFile(logs.resolve("broker.log"));
        new BrokerChild(directory, new BrokerPorts(port, controllerPort))
                .run(System.in, System.out);
        return 0;
    }
}
