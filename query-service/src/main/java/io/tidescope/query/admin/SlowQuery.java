package io.tidescope.query.admin;

import java.util.Map;

/**
 * A query that took long, as it is written.
 *
 * @param endedAt when its answer was sent, as ISO 8601 in UTC
 * @param endpoint its path below the API's root, without the slash
 * @param millis from the request to the last byte of the answer
 * @param parameters what it gave, each value cut off at {@link RequestJournal#MAX_VALUE_LENGTH}
 */
record SlowQuery(
        String endedAt,
        String endpoint,
        int status,
        double millis,
        Map<String, String> parameters) {}
