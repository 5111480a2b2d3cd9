package io.tidescope.testing;

import java.util.SortedMap;

/**
 * A released version of a library: its source files by path.
 *
 * @param library the artifact's name
 */
public record Release(String library, String version, SortedMap<String, byte[]> files) {}
