package io.tidescope.store.query;

import org.jspecify.annotations.Nullable;

/**
 * Which repositories and refs a question is about.
 *
 * @param repository one repository; null for all
 * @param ref one ref by its full name; null for each repository's default ref; {@link #ALL_REFS}
 */
public record Scope(@Nullable String repository, @Nullable String ref) {
    public static final String ALL_REFS = "*";

    public static final Scope EVERYWHERE = new Scope(null, null);
}
