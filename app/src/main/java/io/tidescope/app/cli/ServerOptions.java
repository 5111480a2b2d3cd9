package io.tidescope.app.cli;

import io.tidescope.app.standalone.Endpoints;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;

/** Which TideScope to talk to. */
final class ServerOptions {
    private static final URI DEFAULT = URI.create("http://127.0.0.1:8080");

    @Option(
            names = "--url",
            description =
                    "Where TideScope answers (default: where the one of the data directory does,"
                            + " else http://127.0.0.1:8080).")
    private @Nullable URI url;

    @Option(
            names = "--data",
            description = "Data directory of the running TideScope (default: ${DEFAULT-VALUE}).",
            defaultValue = UpCommand.DATA)
    private Path data = Path.of(UpCommand.DATA);

    /** Where questions are answered. */
    URI url() throws IOException {
        return url != null ? url : Endpoints.find(data).map(Endpoints::http).orElse(DEFAULT);
    }

    /** Where pokes are taken. */
    URI pokes() throws IOException {
        return url != null ? url : Endpoints.find(data).map(Endpoints::pokes).orElse(DEFAULT);
    }
}
