package io.tidescope.query.admin;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;

/**
 * What queries of a kind have in common: where they were asked, with which parameters, and how
 * names or trees were to match. What they looked for is not in it, except for a pattern, which
 * decides how long a search takes.
 *
 * @param parameters names, in the order of the alphabet
 * @param match how names were matched; null where that was not said
 * @param pattern null for queries without one
 */
record QueryShape(
        String endpoint,
        List<String> parameters,
        @Nullable String match,
        @Nullable String pattern) {
    static QueryShape of(String endpoint, Map<String, String> given) {
        String pattern = given.get("pattern");
        return new QueryShape(
                endpoint,
                given.keySet().stream().sorted().toList(),
                given.get("match"),
                pattern == null ? null : RequestJournal.shortened(pattern));
    }
}
