package io.tidescope.app.cli;

import io.tidescope.app.broker.BrokerChild;
import io.tidescope.app.broker.BrokerQuorum;

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

    @Option(names = "--quorum", required = true)
    private String quorum;

    @Option(names = "--id", required = true)
    private int id;

    @Option(names = "--cluster-id", required = true)
    private String clusterId;

    @Option(names = "--logs", required = true)
    private Path logs;

    @Override
    public Integer call() throws Exception {
        Logging.toFile(logs);
        new BrokerChild(directory, clusterId, BrokerQuorum.parse(quorum), id)
                .run(System.in, System.out);
        return 0;
    }
}
