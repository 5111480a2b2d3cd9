package io.tidescope.recovery.restore;

import io.tidescope.recovery.archive.Archive;
import io.tidescope.recovery.object.ObjectStore;
import io.tidescope.recovery.object.ObjectStores;
import io.tidescope.testing.TestBroker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;

/**
 * What every disaster has: a seed, a cluster that is not lost, repositories, and an archive in a
 * directory, which other processes find as well.
 */
final class Scene implements AutoCloseable {
    final Random random;
    final String name;
    final Path directory;
    final TestBroker broker;
    final Cluster cluster;
    final Path kept;
    final ObjectStore objects;
    final Archive archive;
    final Pushes pushes;
    final Promises promises;
    final Telling told = new Telling();

    /**
     * @param broker of the cluster
     * @param directory there and empty
     * @param sources what files consist of
     */
    Scene(long seed, TestBroker broker, Cluster cluster, Path directory, List<byte[]> sources) {
        this.broker = broker;
        this.cluster = cluster;
        this.directory = directory;
        random = new Random(seed);
        name = "d" + Long.toUnsignedString(seed) + "x";
        kept = made("archive");
        objects = ObjectStores.directory(kept, InstantSource.system());
        archive = new Archive(objects);
        pushes = new Pushes(directory, name, random, sources);
        promises = new Promises(archive, pushes);
    }

    /** A new directory. */
    Path made(String part) {
        try {
            return Files.createDirectory(directory.resolve(part));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        objects.close();
    }
}
