package io.tidescope.app.cli;

import io.tidescope.app.config.Address;
import io.tidescope.app.config.HttpAccess;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import java.nio.file.Path;

/** Who may make requests over HTTP. */
final class HttpOptions {
    @Option(
            names = "--tokens",
            paramLabel = "FILE",
            description = "API tokens, as 'token create' prints them; without, nobody needs one.")
    private @Nullable Path tokens;

    @Option(
            names = "--insecure",
            description = "Let whoever reaches --host do everything without a token.")
    private boolean insecure;

    /** What is wrong with them at this address; null when nothing is. */
    @Nullable String problem(Address listen) {
        return tokens == null && !listen.isLoopback() && !insecure
                ? "others reach %s, and nothing says who of them may do what; give --tokens, or --insecure if something in front of it keeps strangers out"
                        .formatted(listen.host())
                : null;
    }

    HttpAccess access() {
        return new HttpAccess(tokens, null, null);
    }
}
