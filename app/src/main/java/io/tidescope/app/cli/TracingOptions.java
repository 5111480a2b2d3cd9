package io.tidescope.app.cli;

import io.tidescope.app.config.TracingConfiguration;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import java.net.URI;

/** Where traces go. */
final class TracingOptions {
    @Option(
            names = "--trace",
            paramLabel = "URL",
            description = "Send traces to a receiver of OTLP, such as http://localhost:4318.")
    private @Nullable URI endpoint;

    @Option(
            names = "--trace-sample",
            paramLabel = "FRACTION",
            defaultValue = "1",
            description = "How many of them, 0 to 1 (default: ${DEFAULT-VALUE}).")
    private double sample;

    /** Of all that is started here. */
    TracingConfiguration tracing() {
        if (!(sample >= 0 && sample <= 1)) {
            throw invalid("--trace-sample must be 0 to 1, not " + sample);
        }
        if (endpoint != null && !isHttp(endpoint)) {
            throw invalid(
                    "--trace must be http://HOST:PORT or https://HOST:PORT, without a user's name");
        }
        return new TracingConfiguration("tidescope", null, endpoint, sample);
    }

    private static boolean isHttp(URI uri) {
        return uri.getHost() != null
                && uri.getUserInfo() == null
                && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()));
    }

    private static TideScopeException invalid(String message) {
        return new TideScopeException(ErrorCode.INVALID_ARGUMENT, message);
    }
}
