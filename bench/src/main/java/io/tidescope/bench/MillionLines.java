package io.tidescope.bench;

import io.tidescope.testing.Corpus;
import io.tidescope.testing.GitRepository;
import io.tidescope.testing.SourceFile;

import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * At least a million lines of real Java: the corpus in its order, until that many lines are there.
 *
 * @param files by path
 * @param lines newline characters in them
 */
public record MillionLines(SortedMap<String, byte[]> files, long lines) {
    private static final long LINES = Long.getLong("bench.lines", 1_000_000);

    public static MillionLines read() {
        SortedMap<String, byte[]> files = new TreeMap<>();
        long lines = 0;
        try (Stream<SourceFile> corpus = Corpus.open().files()) {
            for (SourceFile file : (Iterable<SourceFile>) corpus::iterator) {
                files.put(file.path(), file.content());
                lines += newlines(file.content());
                if (lines >= LINES) {
                    return new MillionLines(files, lines);
                }
            }
        }
        throw new IllegalStateException("The corpus has " + lines + " lines, not " + LINES);
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

    static int newlines(byte[] content) {
        int lines = 0;
        for (byte b : content) {
            if (b == '\n') {
                lines++;
            }
        }
        return lines;
    }
}
