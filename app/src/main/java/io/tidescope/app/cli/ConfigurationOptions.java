package io.tidescope.app.cli;

import io.tidescope.app.config.Configuration;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import java.nio.file.Path;

/** Where the configuration of a role is. */
final class ConfigurationOptions {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = {
                "Configuration in YAML; TIDESCOPE_... environment variables win over it.",
                "docs/configuration.md says what can be set."
            })
    private @Nullable Path file;

    Configuration configuration() {
        return new Configuration(file, System.getenv());
    }
}
