package io.tidescope.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * A {@code -sources.jar} of a library, or another archive of sources.
 *
 * @param file where it is
 * @param library the artifact's name
 * @param version the artifact's version
 */
record SourceArchive(Path file, String library, String version) {
    private static final String SUFFIX = "-sources.jar";
    private static final Predicate<String> JAVA = name -> name.endsWith(".java");

    /** Releases of one library from the oldest, numbers compared as numbers. */
    static final Comparator<SourceArchive> BY_VERSION =
            Comparator.comparing(SourceArchive::library)
                    .thenComparing(SourceArchive::numbers, Arrays::compare);

    static boolean isOne(Path file) {
        return file.getFileName().toString().endsWith(SUFFIX);
    }

    /** Reads library and version off the file's name: {@code library-1.2.3-sources.jar}. */
    static SourceArchive of(Path file) {
        String name = file.getFileName().toString();
        String base = name.substring(0, name.length() - SUFFIX.length());
        int dash = 0;
        do {
            dash = base.indexOf('-', dash + 1);
        } while (!Character.isDigit(base.charAt(dash + 1)));
        return new SourceArchive(file, base.substring(0, dash), base.substring(dash + 1));
    }

    /** Names of the Java files inside, sorted. */
    List<String> javaFiles() {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            return zip.stream().map(ZipEntry::getName).filter(JAVA).sorted().toList();
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** Java files one after another; the stream must be closed. */
    @SuppressWarnings("MustBeClosedChecker")
    Stream<SourceFile> open() {
        try {
            ZipFile zip = new ZipFile(file.toFile());
            return zip.stream()
                    .filter(entry -> JAVA.test(entry.getName()))
                    .sorted(Comparator.comparing(ZipEntry::getName))
                    .map(entry -> new SourceFile(entry.getName(), read(zip, entry)))
                    .onClose(() -> close(zip));
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** Everything inside, other files too. */
    Release readAll() {
        SortedMap<String, byte[]> files = new TreeMap<>();
        try (ZipFile zip = new ZipFile(file.toFile())) {
            zip.stream()
                    .filter(entry -> !entry.isDirectory())
                    .forEach(entry -> files.put(entry.getName(), read(zip, entry)));
        } catch (IOException e) {
            throw unreadable(e);
        }
        return new Release(library, version, files);
    }

    private byte[] read(ZipFile zip, ZipEntry entry) {
        try (InputStream in = zip.getInputStream(entry)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private void close(ZipFile zip) {
        try {
            zip.close();
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private UncheckedIOException unreadable(IOException cause) {
        return new UncheckedIOException("Cannot read " + file, cause);
    }

    private int[] numbers() {
        return Stream.of(version.split("[^0-9]+"))
                .filter(part -> !part.isEmpty())
                .mapToInt(Integer::parseInt)
                .toArray();
    }
}
