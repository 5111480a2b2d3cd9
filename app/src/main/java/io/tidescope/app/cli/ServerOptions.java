package io.tidescope.app.cli;

import io.tidescope.app.config.Address;
import io.tidescope.app.config.Secret;
import io.tidescope.app.standalone.Endpoints;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Which TideScope to talk to. */
final class ServerOptions {
    static final String TOKEN = "TIDESCOPE_TOKEN";

    /** RFC 6750. */
    private static final Pattern SYNTAX = Pattern.compile("[A-Za-z0-9._~+/-]+=*");

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

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description =
                    "Holds the token to ask with (default: the environment variable TIDESCOPE_TOKEN"
                            + " does, if anything).")
    private @Nullable Path tokenFile;

    /** What proves who asks; null when nothing does. Never an argument, which others could see. */
    @Nullable Secret token() throws IOException {
        String text =
                tokenFile == null ? System.getenv(TOKEN) : Files.readString(tokenFile).strip();
        if (tokenFile == null && (text == null || text.isBlank())) {
            return null;
        }
        if (text == null || !SYNTAX.matcher(text.strip()).matches()) {
            throw new TideScopeException(
                    ErrorCode.INVALID_ARGUMENT,
                    (tokenFile == null ? TOKEN : tokenFile) + " holds no token of one line");
        }
        return new Secret(text.strip());
    }

    /** The file that was named to hold it; null for none. */
    @Nullable Path tokenFile() {
        return tokenFile;
    }

    /** Where questions are answered. */
    URI url() throws IOException {
        return url(Endpoints::http, token() != null);
    }

    /** Where pokes are taken. */
    URI pokes() throws IOException {
        return url(Endpoints::pokes, tokenFile != null);
    }

    private URI url(Function<Endpoints, URI> ofRunning, boolean sendsToken) throws IOException {
        if (url != null) {
            return requireServer(url);
        }
        Optional<URI> running = Endpoints.find(data).map(ofRunning);
        if (running.isPresent() && sendsToken) {
            requireHere(running.get());
        }
        return running.orElse(DEFAULT);
    }

    /** A directory somebody else has written must not say where a token is sent. */
    private void requireHere(URI found) {
        // Of an address of IPv6 it has the brackets.
        String host = found.getHost() == null ? "" : found.getHost().replaceAll("^\\[|]$", "");
        if (!new Address(host, DEFAULT.getPort()).isLoopback()) {
            throw new TideScopeException(
                    ErrorCode.INVALID_ARGUMENT,
                    "%s says that TideScope answers at %s; to send a token there, give --url %s"
                            .formatted(data, found, found));
        }
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
