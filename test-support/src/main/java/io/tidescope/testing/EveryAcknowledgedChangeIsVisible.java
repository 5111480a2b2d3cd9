package io.tidescope.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The guarantee that a reader who names a revision gets every file as it is in that revision, from
 * the first answer on.
 */
public final class EveryAcknowledgedChangeIsVisible {
    private static final String LONGEST_WAIT = "30s";

    private final IndexClient index;
    private final String repository;

    public EveryAcknowledgedChangeIsVisible(IndexClient index, String repository) {
        this.index = index;
        this.repository = repository;
    }

    /**
     * Reads every Java file that differs between two checkouts, waiting for the later one.
     *
     * @param commit the later checkout's revision
     */
    public void check(Map<String, byte[]> before, Map<String, byte[]> after, String commit) {
        List<String> written = new ArrayList<>();
        after.forEach(
                (path, content) -> {
                    if (isJava(path) && !Arrays.equals(content, before.get(path))) {
                        written.add(path);
                    }
                });
        List<String> deleted =
                before.keySet().stream()
                        .filter(path -> isJava(path) && !after.containsKey(path))
                        .toList();
        Concurrently.forEach(
                written,
                path ->
                        assertThat(read(path, commit).json().path("source").asText())
                                .as("source of %s at %s", path, commit)
                                .isEqualTo(new SourceText(content(after, path)).text()));
        Concurrently.forEach(
                deleted,
                path ->
                        assertThat(read(path, commit).status())
                                .as("%s is deleted at %s", path, commit)
                                .isEqualTo(404));
    }

    private IndexClient.Response read(String path, String commit) {
        return index.ask(
                "/document",
                Map.of(
                        "repository", repository,
                        "path", path,
                        "include", "source",
                        "min_revision", commit,
                        "wait", LONGEST_WAIT));
    }

    private static byte[] content(Map<String, byte[]> checkout, String path) {
        byte[] content = checkout.get(path);
        if (content == null) {
            throw new AssertionError(path);
        }
        return content;
    }

    private static boolean isJava(String path) {
        return path.endsWith(".java");
    }
}
