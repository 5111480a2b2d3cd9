package io.tidescope.app.broker;

import io.tidescope.app.child.ParentPipe;

import kafka.server.KafkaRaftServer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.InputStream;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/**
 * The child's side of {@link BrokerProcess}: runs a broker until its parent lets go of it, or until
 * SIGTERM.
 */
public final class BrokerChild {
    private static final Logger log = LoggerFactory.getLogger(BrokerChild.class);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(20);
    private static final int HALTED = 70;

    private final Path directory;
    private final EmbeddedBroker broker;

    /**
     * @param directory of its data
     * @param clusterId what the directory is formatted with, if it is not yet
     * @param id which one of the quorum it is
     */
    public BrokerChild(Path directory, String clusterId, BrokerQuorum quorum, int id) {
        this.directory = directory;
        broker = new EmbeddedBroker(directory, clusterId, quorum, id);
    }

    /** Runs the broker; returns after the input has ended and the broker has stopped. */
    public void run(InputStream fromParent, PrintStream toParent) throws Exception {
        Files.createDirectories(directory);
        try (FileChannel channel =
                        FileChannel.open(
                                directory.resolveSibling(directory.getFileName() + ".lock"),
                                StandardOpenOption.CREATE,
                                StandardOpenOption.WRITE);
                // Waits for the broker of a parent that was killed: it is on its way out.
                FileLock lock = channel.lock()) {
            log.atInfo().addKeyValue("directory", directory).log("Starting the broker");
            KafkaRaftServer server = broker.start();
            Thread stop = Thread.ofPlatform().name("broker-stop").unstarted(() -> stop(server));
            Runtime.getRuntime().addShutdownHook(stop);
            ParentPipe.ready(toParent);
            ParentPipe.awaitEnd(fromParent);
            log.atInfo().addKeyValue("lock", lock).log("The parent let go of the broker");
            Runtime.getRuntime().removeShutdownHook(stop);
            stop(server);
        }
    }

    /** Stops the broker, or the whole process when that takes too long: the log recovers. */
    private static void stop(KafkaRaftServer server) {
        Thread.ofPlatform()
                .daemon()
                .name("broker-stop-limit")
                .start(
                        () -> {
                            try {
                                Thread.sleep(STOP_LIMIT);
                                Runtime.getRuntime().halt(HALTED);
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        });
        server.shutdown();
        server.awaitShutdown();
    }
}
