package io.tidescope.ingest;

import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * One hook of a repository. Ours is what {@link HookScript} wrote, to the letter; everything else
 * is somebody's own and never lost.
 *
 * @param file where git looks for it
 */
record Hook(Path file) {

    /** Refuses when there would be no place for the hook that is there. */
    void requireInstallable() throws IOException {
        if (exists(file) && !isOurs() && exists(earlier())) {
            throw new TideScopeException(
                    ErrorCode.PRECONDITION_FAILED,
                    "both "
                            + file
                            + " and "
                            + earlier()
                            + " exist, and the first is not as tidescope wrote it; put what both do"
                            + " into one of them and remove the other");
        }
    }

    /** Puts the script where git looks, and what was there behind it. */
    void install(String script) throws IOException {
        Path written = Files.createTempFile(file.getParent(), "tidescope", ".hook");
        try {
            Files.writeString(written, script);
            Files.setPosixFilePermissions(written, PosixFilePermissions.fromString("rwxr-xr-x"));
            if (exists(file) && !isOurs()) {
                Files.move(file, earlier());
            }
            Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(written);
        }
    }

    /** Puts back what was there before; false when ours was changed since, and so is kept. */
    boolean uninstall() throws IOException {
        if (exists(file) && !isOurs()) {
            return !HookScript.isMarked(content());
        }
        if (exists(earlier())) {
            Files.move(earlier(), file, StandardCopyOption.ATOMIC_MOVE);
        } else {
            Files.deleteIfExists(file);
        }
        return true;
    }

    private Path earlier() {
        return file.resolveSibling(file.getFileName() + HookScript.EARLIER);
    }

    /** Also true of a symbolic link to nowhere. */
    private static boolean exists(Path file) {
        return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
    }

    private boolean isOurs() throws IOException {
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                && HookScript.isUnchanged(content());
    }

    /** Any bytes; empty when it is no file. */
    private String content() throws IOException {
        return Files.isRegularFile(file)
                ? new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)
                : "";
    }
}
