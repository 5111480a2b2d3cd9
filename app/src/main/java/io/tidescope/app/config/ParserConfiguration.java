package io.tidescope.app.config;

import io.tidescope.parser.stream.ParserSettings;

import java.net.URI;

/**
 * How a parser node runs.
 *
 * @param admin where health and metrics are served
 */
public record ParserConfiguration(
        ClusterConfiguration cluster, URI registry, Address admin, ParserSettings settings) {}
