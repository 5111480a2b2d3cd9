package io.tidescope.app.config;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;

/**
 * Where and how a role logs.
 *
 * @param file null for standard error
 */
public record LogConfiguration(Format format, @Nullable Path file) {
    /** How a line of the log is written. */
    public enum Format {
        TEXT,
        JSON
    }
}
