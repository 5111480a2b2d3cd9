package io.tidescope.app.config;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;

/**
 * Certificates with which nodes of the store and gateways know each other.
 *
 * @param keystore this node's key and certificate
 * @param keystorePassword null for PEM
 * @param truststore certificates of authorities, or of nodes, that are trusted
 * @param truststorePassword null for PEM
 */
public record NodeTls(
        Path keystore,
        @Nullable Secret keystorePassword,
        Path truststore,
        @Nullable Secret truststorePassword) {}
