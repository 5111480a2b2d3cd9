package io.tidescope.bench;

import io.tidescope.testing.GitRepository;
import io.tidescope.testing.IndexClient;
import io.tidescope.testing.TideScopeProcess;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A running {@code tidescope up}, or {@code tidescope cluster up}, with repositories indexed and
 * the first one's hooks installed.
 */
public final class RunningIndex implements AutoCloseable {
    private static final Duration IMPORT_LIMIT = Duration.ofMinutes(9);

    private final Path data;
    private final List<String> clusterOptions;
    private final List<GitRepository> repositories;
    private TideScopeProcess process;
    private URI server;

    /**
     * Starts and imports; takes a minute or two for a million lines.
     *
     * @param data not there yet; where the index keeps its data
     * @param repositories indexed under the names of their directories; at least one
     */
    public RunningIndex(Path data, GitRepository... repositories) {
        this(data, List.of(), List.of(repositories));
    }

    /**
     * The same as a cluster of processes.
     *
     * @param options of {@code cluster up}; at least one
     */
    public static RunningIndex cluster(
            Path data, List<String> options, GitRepository... repositories) {
        return new RunningIndex(data, options, List.of(repositories));
    }

    private RunningIndex(Path data, List<String> clusterOptions, List<GitRepository> repositories) {
        this.data = data;
        this.clusterOptions = clusterOptions;
        this.repositories = repositories;
        process = launch();
        server = process.awaitServing();
        for (GitRepository each : repositories) {
            index().awaitIndexed(name(each), each.head(), IMPORT_LIMIT);
        }
        TideScopeProcess.run(
                "hook", "install", repository().directory().toString(), "--data", data.toString());
    }

    /** What the index calls a repository. */
    public static String name(GitRepository repository) {
        return repository.directory().getFileName().toString();
    }

    /** Where its data is. */
    public Path data() {
        return data;
    }

    /** Documents served; -1 while partitions are missing. */
    public long documents() {
        IndexClient.Response status = index().ask("/status", Map.of());
        return status.status() == 200 && status.json().path("complete").asBoolean()
                ? status.json().path("documents").asLong()
                : -1;
    }

    /** The first one. */
    public GitRepository repository() {
        return repositories.getFirst();
    }

    public URI server() {
        return server;
    }

    public TideScopeProcess process() {
        return process;
    }

    public IndexClient index() {
        return new IndexClient(server);
    }

    /** Starts the process again on the data that a stopped one left. */
    public void restart() {
        process = launch();
        server = process.awaitServing();
    }

    private TideScopeProcess launch() {
        List<String> directories =
                repositories.stream().map(each -> each.directory().toString()).toList();
        return clusterOptions.isEmpty()
                ? TideScopeProcess.launch(data, List.of(), directories)
                : TideScopeProcess.launchCluster(
                        data,
                        Stream.concat(directories.stream(), clusterOptions.stream()).toList());
    }

    @Override
    public void close() {
        process.close();
    }
}
