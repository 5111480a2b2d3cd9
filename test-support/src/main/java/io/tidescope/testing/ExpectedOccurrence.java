package io.tidescope.testing;

import io.tidescope.tree.symbol.OccurrenceRole;

/**
 * An occurrence as the oracle expects it.
 *
 * @param start byte offset of the identifier in the source as UTF-8
 * @param line line, from 1
 * @param column column in UTF-16 units, from 1
 */
public record ExpectedOccurrence(
        String name, OccurrenceRole role, int start, int line, int column) {}
