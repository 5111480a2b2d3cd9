package io.tidescope.store.query;

import java.util.List;

/**
 * Some repositories, by their names: those that one of some globs matches as a whole, as {@link
 * PathGlobs} do; none when there is no glob. {@code **} matches all names, and alone is {@link
 * #ALL}.
 */
public final class RepositoryGlobs {
    /** All repositories, those to come included. */
    public static final RepositoryGlobs ALL = new RepositoryGlobs(List.of("**"), PathGlobs.ALL);

    private final List<String> globs;
    private final PathGlobs names;

    private RepositoryGlobs(List<String> globs, PathGlobs names) {
        this.globs = globs;
        this.names = names;
    }

    /**
     * @param parameter named when they are refused
     * @throws io.tidescope.schemas.TideScopeException INVALID_ARGUMENT for braces that do not pair
     */
    public static RepositoryGlobs of(String parameter, List<String> globs) {
        return globs.contains("**")
                ? ALL
                : new RepositoryGlobs(List.copyOf(globs), PathGlobs.of(parameter, globs));
    }

    /** Whether they are all there are, and not some. */
    public boolean isAll() {
        return names == PathGlobs.ALL;
    }

    public boolean matches(String repository) {
        // No glob is all paths, but no repository.
        return !globs.isEmpty() && names.matches(repository);
    }

    /** As they were written. */
    public List<String> globs() {
        return globs;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RepositoryGlobs that && globs.equals(that.globs);
    }

    @Override
    public int hashCode() {
        return globs.hashCode();
    }

    @Override
    public String toString() {
        return globs.toString();
    }
}
