package io.tidescope.store.query;

import io.tidescope.tree.symbol.OccurrenceRole;

import org.jspecify.annotations.Nullable;

/**
 * A name at a place.
 *
 * @param line line, from 1
 * @param column column in UTF-16 units, from 1
 * @param text the line, without its end and at most {@link #MAX_TEXT} UTF-16 units of it; null when
 *     not asked for
 */
public record OccurrenceHit(
        OccurrencePlace place, OccurrenceRole role, int line, int column, @Nullable String text) {
    public static final int MAX_TEXT = 1000;
}
