package io.tidescope.app.role;

import java.util.Map;

/**
 * How far publishing has come since the start, over all repositories.
 *
 * @param changes files of the publishes begun or done
 * @param settled whether every repository was looked at and nothing is under way
 * @param problems what keeps repositories from being published completely, by their names
 */
public record Publishing(long changes, boolean settled, Map<String, String> problems) {
    public Publishing {
        problems = Map.copyOf(problems);
    }
}
