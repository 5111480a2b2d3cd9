package io.tidescope.ingest.git;

import org.jspecify.annotations.Nullable;

/** A git that did not do what it was asked, with its own words. */
final class GitFailedException extends Exception {
    private static final int NO = 1;
    private static final int FATAL = 128;

    private final int status;
    private final boolean silent;

    private GitFailedException(
            int status, boolean silent, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.status = status;
        this.silent = silent;
    }

    /**
     * It ended by itself.
     *
     * @param words what it complained of, which may be nothing
     */
    static GitFailedException ended(int status, String words) {
        String message = words.isEmpty() ? "it ended with status " + status : words;
        return new GitFailedException(status, words.isEmpty(), message, null);
    }

    /** It had to be ended, or could not be understood. */
    static GitFailedException lost(String why, @Nullable Throwable cause) {
        return new GitFailedException(-1, false, why, cause);
    }

    /** Whether it said no by its status, without a word. */
    boolean isNo() {
        return status == NO && silent;
    }

    /** Whether it gave up by itself: asked to read objects, because of one that it cannot. */
    boolean isFatal() {
        return status == FATAL;
    }

    /** What went wrong; never null. */
    String words() {
        return String.valueOf(getMessage());
    }
}
