package io.tidescope.app.cli;

import io.tidescope.ingest.TrackedRepository;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Which repositories are followed, and how. */
@SuppressWarnings("NullAway.Init") // picocli sets the options
final class FollowedOptions {
    @Parameters(
            paramLabel = "REPOSITORY",
            arity = "0..*",
            description = "Directories of git repositories (default: the one you stand in).")
    private List<Path> directories = List.of();

    @Mixin private RepositoryOptions options;

    @Option(
            names = "--fetch",
            description = "Fetch origin before each look: for mirrors, once a minute.")
    private boolean fetch;

    /** Opens them, to refuse what is none. */
    List<TrackedRepository> repositories(CommandSpec command) {
        List<Path> opened = directories.isEmpty() ? List.of(Path.of("")) : directories;
        if (options.isNamed() && opened.size() > 1) {
            throw new ParameterException(
                    command.commandLine(),
                    "--name names one repository, and there are " + opened.size());
        }
        List<TrackedRepository> followed = new ArrayList<>();
        for (Path directory : opened) {
            followed.add(options.track(directory, fetch));
        }
        requireDistinct(followed, command.qualifiedName());
        return followed;
    }

    private static void requireDistinct(List<TrackedRepository> followed, String command) {
        List<String> names = followed.stream().map(TrackedRepository::name).toList();
        for (TrackedRepository repository : followed) {
            if (names.indexOf(repository.name()) != names.lastIndexOf(repository.name())) {
                throw new TideScopeException(
                        ErrorCode.INVALID_ARGUMENT,
                        "two of the repositories are called "
                                + repository.name()
                                + "; run '"
                                + command
                                + "' for one of them with --name and another --data");
            }
        }
    }
}
