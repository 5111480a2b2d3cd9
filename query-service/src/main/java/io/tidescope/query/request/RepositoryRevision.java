package io.tidescope.query.request;

import org.jspecify.annotations.Nullable;

import java.util.Map;

/**
 * A commit, and the repository it is of when that was said.
 *
 * @param commit whole hexadecimal object id
 */
public record RepositoryRevision(@Nullable String repository, String commit) {
    /** Written as the commit id alone or as {@code repository@commit}. */
    public static final Form<RepositoryRevision> FORM = new RevisionForm();

    private record RevisionForm() implements Form<RepositoryRevision> {
        private static final CommitId COMMIT = new CommitId();

        @Override
        public RepositoryRevision parse(String parameter, String text) {
            int at = text.lastIndexOf('@');
            return new RepositoryRevision(
                    at <= 0 ? null : text.substring(0, at),
                    COMMIT.parse(parameter, text.substring(at + 1)));
        }

        @Override
        public Map<String, Object> schema() {
            return Map.of("type", "string", "pattern", "^(.+@)?([0-9a-fA-F]{40}|[0-9a-fA-F]{64})$");
        }
    }
}
