package io.tidescope.query.access;

import java.net.URI;

/**
 * Whose JSON Web Tokens are accepted.
 *
 * @param issuer what {@code iss} has to be
 * @param audience what {@code aud} has to be or contain
 * @param keys where the issuer's public keys are (a JSON Web Key Set): an address of https, or a
 *     file
 * @param repositoriesClaim the claim that lists which repositories the caller may see, as globs
 */
public record OidcSettings(String issuer, String audience, URI keys, String repositoriesClaim) {}
