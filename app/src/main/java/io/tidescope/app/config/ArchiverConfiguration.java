package io.tidescope.app.config;

import io.tidescope.recovery.backup.Schedule;

import java.net.URI;

/**
 * How a deployment is backed up.
 *
 * @param registry that values name their schemas of
 * @param admin where health and metrics are served
 * @param archive where backups are kept
 * @param schedule when they are made, and how long they are kept
 */
public record ArchiverConfiguration(
        ClusterConfiguration cluster,
        URI registry,
        Address admin,
        ArchiveLocation archive,
        Schedule schedule) {}
