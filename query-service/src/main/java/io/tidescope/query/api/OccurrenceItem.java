package io.tidescope.query.api;

import io.tidescope.query.request.Choice;
import io.tidescope.store.query.OccurrenceHit;
import io.tidescope.store.query.OccurrencePlace;

import org.jspecify.annotations.Nullable;

/**
 * A name at a place as it is written.
 *
 * @param text the line, cut off after {@link ApiLimits#MAX_LINE_TEXT}
 */
record OccurrenceItem(
        String name,
        String role,
        String repository,
        String ref,
        String path,
        int line,
        int column,
        @Nullable String text) {
    static OccurrenceItem of(String name, OccurrenceHit hit) {
        OccurrencePlace place = hit.place();
        return new OccurrenceItem(
                name,
                Choice.label(hit.role()),
                place.repository(),
                place.ref(),
                place.path(),
                hit.line(),
                hit.column(),
                cut(hit.text()));
    }

    private static @Nullable String cut(@Nullable String text) {
        return text == null || text.length() <= ApiLimits.MAX_LINE_TEXT
                ? text
                : text.substring(0, ApiLimits.MAX_LINE_TEXT);
    }
}
