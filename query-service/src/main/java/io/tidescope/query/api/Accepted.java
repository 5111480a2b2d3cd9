package io.tidescope.query.api;

/**
 * An answer to a request for what is begun with it and goes on after it.
 *
 * @param told what is written
 */
public record Accepted(Object told) {}
