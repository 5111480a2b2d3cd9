package io.tidescope.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The guarantee that nothing which a push removed is ever answered again: no definition and no
 * occurrence of a name that is gone, no document at a path that is gone.
 */
public final class NoGhostSymbols {
    private final IndexClient index;
    private final String repository;

    public NoGhostSymbols(IndexClient index, String repository) {
        this.index = index;
        this.repository = repository;
    }

    /**
     * @return how many names and paths were gone, so that a test can demand that there were some
     */
    public int check(Map<String, ExpectedDocument> before, Map<String, ExpectedDocument> after) {
        Set<String> names = new HashSet<>(IndexEqualsOracle.names(before));
        names.removeAll(IndexEqualsOracle.names(after));
        Concurrently.forEach(
                names,
                name -> {
                    Map<String, String> exact =
                            Map.of("q", name, "match", "exact", "repository", repository);
                    assertThat(index.list("/symbols", exact)).as("symbols %s", name).isEmpty();
                    Map<String, String> anywhere = Map.of("name", name, "repository", repository);
                    assertThat(index.list("/occurrences", anywhere))
                            .as("occurrences of %s", name)
                            .isEmpty();
                });
        Set<String> paths = new HashSet<>(before.keySet());
        paths.removeAll(after.keySet());
        Concurrently.forEach(
                paths,
                path -> {
                    IndexClient.Response gone =
                            index.ask("/document", Map.of("repository", repository, "path", path))
                                    .answered();
                    assertThat(gone.status()).as("document %s", path).isEqualTo(404);
                });
        return names.size() + paths.size();
    }
}
