package io.tidescope.app.fault;

import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * The disk of a store: a small file system of its own where that can be had, else a directory. One
 * thread at a time.
 */
final class StoreDisk implements AutoCloseable {
    private static final String SIZE = "size=96m";
    private static final String TABLE = ".sst";
    private static final String FILLER = "filler";
    private static final int BLOCK_BYTES = 64 * 1024;
    private static final int FLIPPED_BYTES = 16;

    private final Path root;
    private final boolean mounted;

    private StoreDisk(Path root, boolean mounted) {
        this.root = root;
        this.mounted = mounted;
    }

    /** Makes the directory, and mounts a file system there if this process may. */
    static StoreDisk create(Path root) throws IOException {
        Files.createDirectories(root);
        return new StoreDisk(
                root, run("mount", "-t", "tmpfs", "-o", SIZE, "tmpfs", root.toString()));
    }

    /** Where the store keeps everything. */
    Path data() {
        return root.resolve("data");
    }

    /** Whether it is so small that it can be filled. */
    boolean canBeFilled() {
        return mounted;
    }

    /** Leaves not one byte free. */
    void fill() {
        byte[] block = new byte[BLOCK_BYTES];
        try (OutputStream out = Files.newOutputStream(root.resolve(FILLER))) {
            while (true) {
                out.write(block);
            }
        } catch (IOException e) {
            // It is full.
        }
    }

    void free() {
        delete(root.resolve(FILLER));
    }

    /** Whether the store has written something of one of RocksDB's tables. */
    boolean hasTable() {
        return files(data(), TABLE).anyMatch(file -> file.toFile().length() > 0);
    }

    /** Flips some bytes of one of RocksDB's tables; there must be one. */
    void flip(Random random) {
        edit(
                random,
                TABLE,
                file -> {
                    for (int i = 0; i < FLIPPED_BYTES; i++) {
                        long at = random.nextLong(file.length());
                        file.seek(at);
                        int old = file.read();
                        file.seek(at);
                        file.write(old ^ (1 + random.nextInt(255)));
                    }
                });
    }

    /** Cuts the end off one of the files; there must be one. */
    void truncate(Random random) {
        edit(random, "", file -> file.setLength(random.nextLong(file.length())));
    }

    /** What is done to a file. */
    private interface Edit {
        void make(RandomAccessFile file) throws IOException;
    }

    /** Edits one of the files that have something in them. */
    private void edit(Random random, String suffix, Edit edit) {
        List<Path> files =
                files(data(), suffix).filter(file -> file.toFile().length() > 0).toList();
        Path chosen = files.get(random.nextInt(files.size()));
        try (RandomAccessFile file = new RandomAccessFile(chosen.toFile(), "rw")) {
            edit.make(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Path> files(Path directory, String suffix) {
        if (!Files.exists(directory)) {
            return Stream.of();
        }
        try (Stream<Path> all = Files.walk(directory)) {
            return all
                    .filter(Files::isRegularFile)
                    .filter(file -> file.toString().endsWith(suffix))
                    .sorted()
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Leaves nothing. */
    void lose() {
        if (!Files.exists(data())) {
            return;
        }
        try (Stream<Path> all = Files.walk(data())) {
            all.sorted(Comparator.reverseOrder()).forEach(StoreDisk::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean run(String... command) {
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getInputStream().readAllBytes();
            return process.waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        if (mounted) {
            run("umount", "-l", root.toString());
        }
    }
}
