package io.tidescope.recovery.object;

import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Locale;

/** What failures of a directory of objects mean. */
final class DirectoryFailure {
    private DirectoryFailure() {}

    static TideScopeException gone(Path directory) {
        return new TideScopeException(
                ErrorCode.PRECONDITION_FAILED,
                ("The directory %s of archives is gone: mount it again; it is not made anew, as"
                                + " nothing would be in it")
                        .formatted(directory));
    }

    /**
     * @param what what was tried, such as {@code write a/b to}
     */
    static TideScopeException of(String what, Path directory, IOException e) {
        String reason = reason(e);
        String lower = reason.toLowerCase(Locale.ROOT);
        String message = "The archive cannot %s %s: %s".formatted(what, directory, reason);
        if (e instanceof AccessDeniedException || lower.contains("read-only")) {
            return new TideScopeException(
                    ErrorCode.PRECONDITION_FAILED,
                    message + "; allow this process to read and to write there",
                    e);
        }
        boolean full = lower.contains("no space") || lower.contains("quota");
        return new TideScopeException(
                ErrorCode.UNAVAILABLE, full ? message + "; it is full, make room" : message, e);
    }

    private static String reason(IOException e) {
        if (e instanceof AccessDeniedException denied) {
            return "access denied to " + denied.getFile();
        }
        String reason = e instanceof FileSystemException failure ? failure.getReason() : null;
        if (reason != null) {
            return reason;
        }
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
