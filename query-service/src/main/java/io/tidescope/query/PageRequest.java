package io.tidescope.query;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * Which part of a list is asked for.
 *
 * @param question what is asked, the same text for all pages of a list
 * @param limit at most so many items
 * @param after the parts of the place behind which the page starts; null for the first page
 */
public record PageRequest(String question, int limit, @Nullable List<String> after) {
    /**
     * The page that a cursor leads to.
     *
     * @param cursor where the page before ended; null for the first page
     * @throws io.tidescope.schemas.TideScopeException INVALID_ARGUMENT when the cursor is damaged
     *     or of another question
     */
    public static PageRequest of(String question, int limit, @Nullable String cursor) {
        return new PageRequest(
                question, limit, cursor == null ? null : Cursor.read(cursor, question));
    }
}
