package io.tidescope.store.query;

import io.tidescope.schemas.TideScopeException;

import org.jspecify.annotations.Nullable;

/**
 * Which repositories and refs a question is about; names with a NUL are refused with
 * INVALID_ARGUMENT.
 *
 * @param repository one repository; null for all
 * @param ref one ref by its full name; null for each repository's default ref; {@link #ALL_REFS}
 *     <p>A NUL character is refused with INVALID_ARGUMENT.
 */
public record Scope(@Nullable String repository, @Nullable String ref) {
    public static final String ALL_REFS = "*";

    public static final Scope EVERYWHERE = new Scope(null, null);

    public Scope {
        requireNoNul("repository", repository);
        requireNoNul("ref", ref);
    }

    private static void requireNoNul(String parameter, @Nullable String value) {
        if (value != null && value.indexOf('\0') >= 0) {
            throw TideScopeException.invalid(parameter, parameter + " has no NUL character");
        }
    }
}
