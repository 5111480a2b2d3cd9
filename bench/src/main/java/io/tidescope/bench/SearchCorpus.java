package io.tidescope.bench;

import io.tidescope.testing.Corpus;
import io.tidescope.testing.GitRepository;
import io.tidescope.testing.SourceFile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Real Java to search in: at least two million lines, half of them of released libraries, half of
 * the JDK's own sources. {@code -Dbench.search.lines=} asks for another number.
 *
 * @param files by path
 * @param lines newline characters in them
 */
public record SearchCorpus(SortedMap<String, byte[]> files, long lines) {
    private static final long LINES = Long.getLong("bench.search.lines", 2_000_000);
    private static final long SEED = 42;

    public static SearchCorpus read() {
        SortedMap<String, byte[]> files = new TreeMap<>();
        long lines = add(() -> Corpus.open().files(), "", LINES / 2, files);
        lines += add(Corpus::jdk, "jdk/", LINES - lines, files);
        if (lines < LINES) {
            throw new IllegalStateException(
                    "There are %,d lines, not %,d: is the JDK here without its lib/src.zip?"
                            .formatted(lines, LINES));
        }
        return new SearchCorpus(files, lines);
    }

    private static long add(
            Supplier<Stream<SourceFile>> sources,
            String directory,
            long wanted,
            SortedMap<String, byte[]> files) {
        long lines = 0;
        try (Stream<SourceFile> stream = sources.get()) {
            for (SourceFile file : (Iterable<SourceFile>) stream::iterator) {
                if (lines >= wanted) {
                    break;
                }
                files.put(directory + file.path(), file.content());
                lines += MillionLines.newlines(file.content());
            }
        }
        return lines;
    }

    /**
     * So many lines of them, or a few more: the first in an order that mixes libraries, packages
     * and sizes, so that a part is like the whole, and a smaller one is within a larger.
     */
    public SearchCorpus part(long wanted) {
        List<String> mixed = new ArrayList<>(files.keySet());
        Collections.shuffle(mixed, new Random(SEED));
        SortedMap<String, byte[]> part = new TreeMap<>();
        long count = 0;
        for (String path : mixed) {
            if (count >= wanted) {
                break;
            }
            byte[] content = files.getOrDefault(path, new byte[0]);
            part.put(path, content);
            count += MillionLines.newlines(content);
        }
        return new SearchCorpus(part, count);
    }

    /** Bytes of all of them. */
    public long bytes() {
        return files.values().stream().mapToLong(content -> content.length).sum();
    }

    /** Writes them below a directory. */
    public void write(Path directory) throws IOException {
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Path path = directory.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.write(path, file.getValue());
        }
    }

    /** A new git repository whose first commit holds them. */
    public GitRepository commit(Path directory) {
        GitRepository repository = GitRepository.create(directory);
        repository.replaceAll(files).commit(lines + " lines");
        return repository;
    }

    public List<byte[]> contents() {
        return List.copyOf(files.values());
    }
}
