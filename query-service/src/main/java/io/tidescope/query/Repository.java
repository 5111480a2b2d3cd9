package io.tidescope.query;

import java.util.List;

/**
 * A repository and its refs.
 *
 * @param name {@code owner/name}, or the name given to it
 * @param refs by name
 */
public record Repository(String name, List<IndexedRef> refs) {}
