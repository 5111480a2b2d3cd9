package io.tidescope.app.config;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The form of a value that is a path.
 *
 * @param fits whether what is there now, or is not, is allowed
 */
record PathForm(String allowed, Predicate<Path> fits) implements Form<Path> {
    @Override
    public Optional<Path> read(String key, RawValue value, Problems problems) {
        Optional<Path> read =
                value instanceof RawValue.Scalar scalar
                        ? parse(scalar.text().strip()).filter(fits)
                        : Optional.empty();
        if (read.isEmpty()) {
            problems.notAllowed(key, value, allowed);
        }
        return read;
    }

    static Optional<Path> parse(String text) {
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(Path.of(text));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    @Override
    public Form<Path> elsewhere() {
        return new PathForm(allowed, path -> true);
    }

    /** A file that can be read. */
    static PathForm file() {
        return new PathForm(
                "a file that can be read",
                path -> Files.isReadable(path) && !Files.isDirectory(path));
    }

    /** A file that is there, or can be made in a directory that is. */
    static PathForm newFile() {
        return new PathForm(
                "a file in a directory that is there",
                path -> {
                    Path directory = path.toAbsolutePath().getParent();
                    return directory != null
                            && Files.isDirectory(directory)
                            && !Files.isDirectory(path);
                });
    }

    /** A directory that is there, or can be made there. */
    static PathForm directory() {
        return new PathForm("a directory", path -> !Files.exists(path) || Files.isDirectory(path));
    }
}
