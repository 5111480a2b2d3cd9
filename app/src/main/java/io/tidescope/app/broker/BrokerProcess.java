package io.tidescope.app.broker;

import io.tidescope.app.child.ChildCommand;
import io.tidescope.app.child.ChildGroup;
import io.tidescope.app.child.ChildProcess;
import io.tidescope.schemas.KafkaConnection;
import io.tidescope.schemas.TideScopeException;

import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;

/**
 * The embedded broker, or several that form a quorum, as child processes that are started again on
 * the same ports when they die.
 */
public final class BrokerProcess implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(BrokerProcess.class);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(25);
    private static final int START_ATTEMPTS = 3;
    private static final String CLUSTER_ID = "cluster-id";

    private final List<String> java;
    private final Path directory;
    private final Path logs;
    private final int size;
    private final Runnable lost;

    private boolean closed;
    private @Nullable ChildGroup running;

    /**
     * @param java command line up to TideScope's own arguments: the JVM, its options, the main
     *     class
     * @param directory the broker's data, or the directory of the data of each of several; created
     *     and formatted by the first start
     * @param logs existing directory that gets {@code broker.log}, and {@code broker-errors.log}
     *     for what the JVM itself has to say, numbered when there are several
     * @param size brokers: one, or an odd number that must always be the same
     * @param lost called when one has died and cannot be started again, or dies again and again as
     *     soon as it is ready
     */
    public BrokerProcess(List<String> java, Path directory, Path logs, int size, Runnable lost) {
        this.java = List.copyOf(java);
        this.directory = directory;
        this.logs = logs;
        this.size = size;
        this.lost = lost;
    }

    /**
     * Starts; requests are taken when this returns.
     *
     * @throws TideScopeException UNAVAILABLE when a broker does not come up
     * @throws CancellationException when closed meanwhile
     */
    public KafkaConnection start() throws InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try {
                // Fresh ports each time: another process may have taken the last ones.
                BrokerQuorum quorum = BrokerQuorum.onFreePorts(size);
                begin().start(members(quorum));
                return KafkaConnection.to(quorum.bootstrapServers());
            } catch (IOException e) {
                throw new UncheckedIOException("the embedded broker could not be started", e);
            } catch (TideScopeException e) {
                if (attempt == START_ATTEMPTS) {
                    throw e;
                }
                log.atWarn().setCause(e).log("The broker did not start; trying other ports");
                letGo();
            }
        }
    }

    private synchronized ChildGroup begin() {
        if (closed) {
            throw new CancellationException("the broker was closed during its start");
        }
        ChildGroup group = new ChildGroup();
        running = group;
        return group;
    }

    private List<ChildProcess> members(BrokerQuorum quorum) throws IOException {
        String clusterId = clusterId();
        List<ChildProcess> children = new ArrayList<>();
        for (BrokerQuorum.Member member : quorum.members()) {
            String suffix = size == 1 ? "" : "-" + member.id();
            Path data = size == 1 ? directory : directory.resolve(Integer.toString(member.id()));
            Path logFile = logs.resolve("broker" + suffix + ".log");
            List<String> command = new ArrayList<>(java);
            command.addAll(
                    List.of(
                            "broker",
                            "--logs",
                            logFile.toString(),
                            "--directory",
                            data.toString(),
                            "--quorum",
                            quorum.toString(),
                            "--id",
                            Integer.toString(member.id()),
                            "--cluster-id",
                            clusterId));
            children.add(
                    new ChildProcess(
                            new ChildCommand(
                                    "the embedded broker" + suffix,
                                    command,
                                    logs.resolve("broker" + suffix + "-errors.log"),
                                    logFile),
                            STOP_LIMIT,
                            lost));
        }
        return children;
    }

    /** That of directories that are formatted already is the one that counts. */
    private String clusterId() throws IOException {
        Path file = directory.resolveSibling(directory.getFileName() + "." + CLUSTER_ID);
        if (!Files.exists(file)) {
            Files.writeString(file, Uuid.randomUuid() + "\n");
        }
        return Files.readString(file).strip();
    }

    private void letGo() {
        ChildGroup group;
        synchronized (this) {
            group = running;
        }
        if (group != null) {
            group.close();
        }
    }

    /** Stops cleanly, or hard when that takes longer than its limit. Idempotent. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        letGo();
    }
}
