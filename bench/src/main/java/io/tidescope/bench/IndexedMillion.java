package io.tidescope.bench;

import io.tidescope.testing.GitRepository;
import io.tidescope.testing.IndexClient;
import io.tidescope.testing.TideScopeProcess;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A running {@code tidescope up} with a million lines indexed and the hooks installed. */
public final class IndexedMillion implements AutoCloseable {
    /** What the index calls the repository. */
    public static final String NAME = "bench/million";

    private static final Duration IMPORT_LIMIT = Duration.ofMinutes(9);

    private final Path data;
    private final GitRepository repository;
    private TideScopeProcess process;
    private URI server;

    /**
     * Commits, starts, imports; takes a minute or two.
     *
     * @param directory empty; holds the repository and the data
     */
    public IndexedMillion(Path directory, MillionLines code) {
        data = directory.resolve("data");
        repository = code.commit(directory.resolve("repository"));
        process = launch();
        server = process.awaitServing();
        index().awaitIndexed(NAME, repository.head(), IMPORT_LIMIT);
        TideScopeProcess.run(
                "hook",
                "install",
                repository.directory().toString(),
                "--name",
                NAME,
                "--data",
                data.toString());
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

    public GitRepository repository() {
        return repository;
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
        return TideScopeProcess.launch(
                data, List.of(), List.of(repository.directory().toString(), "--name", NAME));
    }

    @Override
    public void close() {
        process.close();
    }
}
