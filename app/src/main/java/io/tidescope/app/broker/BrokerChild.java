package io.tidescope.app.broker;

import kafka.server.KafkaRaftServer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/**
 * The child's side of {@link BrokerProcess}: runs the broker until its parent lets go of it.
 *
 * <p>The contract: the child writes the line {@link #READY} to its standard output once the broker
 * takes requests, and stops cleanly when its standard input ends, which it also does when the
 * parent dies without a word, or on SIGTERM.
 */
public final class BrokerChild {
    static final String READY = "ready";

    private static final Logger log = LoggerFactory.getLogger(BrokerChild.class);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(20);
    private static final int HALTED = 70;

    private final Path directory;
    private final BrokerPorts ports;

    public BrokerChild(Path directory, BrokerPorts ports) {
        this.directory = directory;
        this.ports = ports;
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
            KafkaRaftServer server = new EmbeddedBroker(directory, ports).start();
            Thread stop = Thread.ofPlatform().name("broker-stop").unstarted(() -> stop(server));
            Runtime.getRuntime().addShutdownHook(stop);
            toParent.println(READY);
            toParent.flush();
            awaitEnd(fromParent);
            log.atInfo().addKeyValue("lock", lock).log("The parent let go of the broker");
            Runtime.getRuntime().removeShutdownHook(stop);
            stop(server);
        }
    }

    private static void awaitEnd(InputStream fromParent) {
        try {
            fromParent.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            log.atWarn().setCause(e).log("The parent's pipe broke");
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
