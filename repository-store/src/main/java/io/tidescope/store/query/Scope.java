package io.tidescope.store.query;

import io.tidescope.schemas.TideScopeException;

import org.jspecify.annotations.Nullable;

/**
 * Which repositories and refs a question is about; names with a NUL are refused with
 * INVALID_ARGUMENT.
 *
 * @param repository one repository; null for all
 * @param ref one ref by its full name; null for each repository's default ref; {@link #ALL_REFS}
 * @param visible repositories that whoever asks may see: for the question there are no others
 */
public record Scope(@Nullable String repository, @Nullable String ref, RepositoryGlobs visible) {
    public static final String ALL_REFS = "*";

    public static final Scope EVERYWHERE = new Scope(null, null);

    /** For who may see everything. */
    public Scope(@Nullable String repository, @Nullable String ref) {
        this(repository, ref, RepositoryGlobs.ALL);
    }

    public Scope {
        requireNoNul("repository", repository);
        requireNoNul("ref", ref);
    }

    /** Whether it holds a repository, as far as that is known from its name. */
    public boolean covers(String name) {
        return (repository == null || repository.equals(name)) && visible.matches(name);
    }

    private static void requireNoNul(String parameter, @Nullable String value) {
        if (value != null && value.indexOf('\0') >= 0) {
            throw TideScopeException.invalid(parameter, parameter + " has no NUL character");
        }
    }
}
