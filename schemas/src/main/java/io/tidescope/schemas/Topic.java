package io.tidescope.schemas;

import java.util.Map;

/**
 * A topic as TideScope needs it.
 *
 * @param name what it is called in the cluster
 * @param partitions partitions it must have
 * @param settings topic-level settings it must have
 */
public record Topic(String name, int partitions, Map<String, String> settings) {
    public Topic {
        settings = Map.copyOf(settings);
    }
}
