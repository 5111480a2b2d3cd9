package io.tidescope.app.config;

import java.time.Duration;

/**
 * Which of two regions a process is of.
 *
 * @param name of the region
 * @param witness that both regions ask who publishes
 * @param lease for how long what it says counts
 */
public record RegionConfiguration(String name, ArchiveLocation witness, Duration lease) {}
