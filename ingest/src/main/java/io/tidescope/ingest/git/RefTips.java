package io.tidescope.ingest.git;

import java.util.Map;
import java.util.Optional;

/**
 * Where refs point at one moment.
 *
 * @param defaultRef full name of the default branch, which may not be born yet
 * @param commits hex commit by full ref name, annotated tags peeled; refs that do not exist are
 *     absent
 */
public record RefTips(String defaultRef, Map<String, String> commits) {
    public RefTips {
        commits = Map.copyOf(commits);
    }

    public Optional<String> find(String ref) {
        return Optional.ofNullable(commits.get(ref));
    }
}
