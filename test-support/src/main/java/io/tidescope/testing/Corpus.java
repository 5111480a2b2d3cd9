package io.tidescope.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Real code to test with: released libraries' sources, which the build resolves into a directory
 * ({@code target/corpus} of the root module), and the sources of the JDK that runs.
 *
 * <p>Files are read when they are asked for; nothing is kept.
 */
public final class Corpus {
    /** System property that holds the directory; the build sets it for tests. */
    public static final String DIRECTORY_PROPERTY = "tidescope.corpus";

    private final Map<String, List<SourceArchive>> libraries;

    private Corpus(Map<String, List<SourceArchive>> libraries) {
        this.libraries = libraries;
    }

    /** The corpus of this build. */
    public static Corpus open() {
        String directory = System.getProperty(DIRECTORY_PROPERTY, "target/corpus");
        return in(Path.of(directory));
    }

    /** The corpus of the archives in a directory. */
    public static Corpus in(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            Map<String, List<SourceArchive>> libraries =
                    files.filter(SourceArchive::isOne)
                            .map(SourceArchive::of)
                            .sorted(SourceArchive.BY_VERSION)
                            .collect(
                                    Collectors.groupingBy(
                                            SourceArchive::library,
                                            TreeMap::new,
                                            Collectors.toList()));
            return new Corpus(libraries);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "No corpus in " + directory + ": the build's generate-test-resources fills it",
                    e);
        }
    }

    /** Names of the libraries, sorted. */
    public List<String> libraries() {
        return List.copyOf(libraries.keySet());
    }

    /** Versions of a library, from the oldest. */
    public List<String> versions(String library) {
        return archives(library).stream().map(SourceArchive::version).toList();
    }

    /** One release of a library with all its files. */
    public Release release(String library, String version) {
        return archives(library).stream()
                .filter(archive -> archive.version().equals(version))
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException(library + " " + version))
                .readAll();
    }

    /** The newest releases of a library, at most so many, from the oldest of them. */
    public List<Release> releases(String library, int atMost) {
        List<SourceArchive> archives = archives(library);
        return archives.subList(Math.max(0, archives.size() - atMost), archives.size()).stream()
                .map(SourceArchive::readAll)
                .toList();
    }

    /**
     * Every Java file of the newest release of every library, its path behind the library's name.
     * Close the stream.
     */
    public Stream<SourceFile> files() {
        return libraries.values().stream()
                .map(List::getLast)
                .flatMap(
                        archive ->
                                archive.open()
                                        .map(
                                                file ->
                                                        new SourceFile(
                                                                archive.library()
                                                                        + "/"
                                                                        + file.path(),
                                                                file.content())));
    }

    /** So many of {@link #files()}, or all when there are fewer, spread evenly over them. */
    public List<SourceFile> sample(int count) {
        int total =
                libraries.values().stream()
                        .map(List::getLast)
                        .mapToInt(archive -> archive.javaFiles().size())
                        .sum();
        List<SourceFile> sample = new ArrayList<>();
        int[] seen = {0};
        try (Stream<SourceFile> files = files()) {
            files.forEach(
                    file -> {
                        long before = (long) seen[0] * count / total;
                        long after = (long) ++seen[0] * count / total;
                        if (after > before) {
                            sample.add(file);
                        }
                    });
        }
        return sample;
    }

    /** Every Java file of the running JDK's own sources; none when it came without them. */
    public static Stream<SourceFile> jdk() {
        Path archive = Path.of(System.getProperty("java.home"), "lib", "src.zip");
        return Files.isReadable(archive)
                ? new SourceArchive(archive, "jdk", "running").open()
                : Stream.empty();
    }

    private List<SourceArchive> archives(String library) {
        List<SourceArchive> found = libraries.get(library);
        if (found == null) {
            throw new NoSuchElementException(library + " is not in the corpus: " + libraries());
        }
        return found;
    }
}
