package io.tidescope.app.cli;

import io.tidescope.ingest.TrackedRepository;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import java.nio.file.Path;
import java.util.List;

/** What is published of a repository, and by which name. */
final class RepositoryOptions {
    @Option(
            names = "--name",
            paramLabel = "OWNER/NAME",
            description = "What to call the repository (default: by its origin, or its directory).")
    private @Nullable String name;

    @Option(
            names = "--ref",
            paramLabel = "REF",
            description = "A branch or ref besides the default branch; repeatable.")
    private List<String> refs = List.of();

    boolean isNamed() {
        return name != null;
    }

    TrackedRepository track(Path directory, boolean fetch) {
        return TrackedRepository.of(directory, name, refs, fetch);
    }
}
