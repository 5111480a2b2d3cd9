package io.tidescope.recovery.object;

import org.jspecify.annotations.Nullable;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The objects among the files of a directory; what else lies there is none of them. */
final class DirectoryListing extends SimpleFileVisitor<Path> {
    private final Path directory;
    private final Path start;
    private final String prefix;
    private final List<StoredObject> found = new ArrayList<>();

    private DirectoryListing(Path directory, String prefix) {
        this.directory = directory;
        this.start = directory.resolve(prefix.substring(0, prefix.lastIndexOf('/') + 1));
        this.prefix = prefix;
    }

    /**
     * Those whose names begin so, in the order of their names; others may come and go meanwhile.
     */
    static List<StoredObject> of(Path directory, String prefix) throws IOException {
        DirectoryListing listing = new DirectoryListing(directory, prefix);
        if (Files.isDirectory(listing.start)) {
            Files.walkFileTree(listing.start, listing);
        }
        listing.found.sort(Comparator.comparing(StoredObject::name));
        return List.copyOf(listing.found);
    }

    @Override
    public FileVisitResult preVisitDirectory(Path visited, BasicFileAttributes attributes) {
        boolean wanted = visited.equals(start) || isWanted(name(visited));
        return wanted ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        String name = name(file);
        if (attributes.isRegularFile() && isWanted(name)) {
            found.add(
                    new StoredObject(
                            name, attributes.size(), attributes.lastModifiedTime().toInstant()));
        }
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
        if (failure instanceof NoSuchFileException) {
            return FileVisitResult.CONTINUE;
        }
        throw failure;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure)
            throws IOException {
        if (failure != null) {
            throw failure;
        }
        return FileVisitResult.CONTINUE;
    }

    private boolean isWanted(String name) {
        return name.startsWith(prefix) && ObjectNames.isName(name);
    }

    private String name(Path visited) {
        return directory.relativize(visited).toString().replace(File.separatorChar, '/');
    }
}
