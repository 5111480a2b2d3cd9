package io.tidescope.app.cli;

import io.tidescope.app.standalone.Endpoints;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.function.Function;

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
        return url(Endpoints::http);
    }

    /** Where pokes are taken. */
    URI pokes() throws IOException {
        return url(Endpoints::pokes);
    }

    private URI url(Function<Endpoints, URI> ofRunning) throws IOException {
        return url != null
                ? requireServer(url)
                : Endpoints.find(data).map(ofRunning).orElse(DEFAULT);
    }

    /** {@code localhost:8080} is a URI too, of the scheme localhost. */
    private static URI requireServer(URI url) {
        boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
        if (!http || url.getHost() == null) {
            throw new TideScopeException(
                    ErrorCode.INVALID_ARGUMENT,
                    "--url must be an address such as %s, not '%s'".formatted(DEFAULT, url));
        }
        return url;
    }
}
