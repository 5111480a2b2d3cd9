package io.tidescope.app.broker;

import io.tidescope.recovery.drill.Scratch;
import io.tidescope.recovery.restore.RestorePlan;
import io.tidescope.recovery.restore.RestoreTarget;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.KafkaConnection;
import io.tidescope.schemas.Replication;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.schemas.Topics;
import io.tidescope.schemas.registry.InMemorySchemaRegistry;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** An embedded broker on a directory of its own, on loopback alone, that is removed afterwards. */
public final class ScratchBroker implements Scratch {
    /**
     * What a backup takes on a broker at most, for each byte that it has: sources, which are left
     * out of documents, are there twice, and what is compressed as a whole is compressed in parts.
     */
    private static final int FACTOR = 4;

    /** A broker that has nothing yet, with room for its indices. */
    private static final long LEAST = 512L << 20;

    private final List<String> java;
    private final Path parent;
    private @Nullable Path directory;
    private @Nullable BrokerProcess broker;

    /**
     * @param java command line up to TideScope's own arguments
     * @param parent existing directory that the one of its own is made in
     */
    public ScratchBroker(List<String> java, Path parent) {
        this.java = List.copyOf(java);
        this.parent = parent;
    }

    @Override
    public RestoreTarget open(RestorePlan plan) throws InterruptedException {
        Path own;
        try {
            requireRoom(needed(plan.bytes()), Files.getFileStore(parent).getUsableSpace());
            own = Files.createTempDirectory(parent, "tidescope-drill-");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make a directory in " + parent, e);
        }
        directory = own;
        BrokerProcess process = new BrokerProcess(java, own.resolve("broker"), own, 1, () -> {});
        broker = process;
        KafkaConnection kafka = process.start();
        return new RestoreTarget(
                kafka,
                new Topics(kafka.names(), plan.partitions(), Replication.BROKERS_DEFAULT),
                new InMemorySchemaRegistry());
    }

    /**
     * @param backup bytes of the segments
     */
    static long needed(long backup) {
        return LEAST + FACTOR * backup;
    }

    private void requireRoom(long needed, long usable) {
        if (usable < needed) {
            throw new TideScopeException(
                    ErrorCode.PRECONDITION_FAILED,
                    "A drill of this backup needs %,d MiB, and %s has %,d MiB left; name another directory with --scratch-directory, or a cluster with --scratch-prefix."
                            .formatted(needed >> 20, parent, usable >> 20));
        }
    }

    @Override
    public void close() {
        BrokerProcess process = broker;
        if (process != null) {
            process.close();
        }
        Path own = directory;
        if (own != null) {
            remove(own);
        }
    }

    private static void remove(Path directory) {
        try (Stream<Path> entries = Files.walk(directory)) {
            for (Path entry : entries.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(entry);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + directory, e);
        }
    }
}
