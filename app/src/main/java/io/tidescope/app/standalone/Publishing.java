package io.tidescope.app.standalone;

import java.util.List;

/**
 * How far publishing has come since the start, over all repositories.
 *
 * @param changes files of the publishes begun or done
 * @param settled whether every repository was looked at and nothing is under way
 * @param problems what kept repositories from being published, a line each
 */
public record Publishing(long changes, boolean settled, List<String> problems) {
    public Publishing {
        problems = List.copyOf(problems);
    }
}
