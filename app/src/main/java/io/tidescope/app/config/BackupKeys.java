package io.tidescope.app.config;

import io.tidescope.recovery.backup.Schedule;

import java.time.Duration;

/** When backups are made, and how long they are kept. */
final class BackupKeys {
    /**
     * So many intervals at least are in the history of documents: what is compacted away before an
     * archiver reads it is in no backup, and one that was away for some of them must find it still.
     */
    static final int INTERVALS_OF_HISTORY = 4;

    static final SettingGroup GROUP = new SettingGroup(Role.ARCHIVER);

    static final Setting<Duration> INTERVAL =
            GROUP.of(
                    "backup.interval",
                    ScalarForm.duration(Duration.ofMinutes(1), Duration.ofDays(1)),
                    ScalarForm.show(Schedule.DEFAULT_INTERVAL),
                    "How long after a backup the next one is made; at most a quarter of"
                            + " `topics.history`.");
    static final Setting<Duration> FULL_EVERY =
            GROUP.of(
                    "backup.full-every",
                    ScalarForm.duration(Duration.ofHours(1), Duration.ofDays(365)),
                    ScalarForm.show(Schedule.DEFAULT_FULL_EVERY),
                    "How long after a backup that stands on its own the next such one is made;"
                            + " those between build on one another. At least `backup.interval`.");
    static final Setting<Duration> RETENTION =
            GROUP.of(
                    "backup.retention",
                    ScalarForm.duration(Duration.ofHours(1), Duration.ofDays(3650)),
                    ScalarForm.show(Schedule.DEFAULT_KEPT),
                    "How far back every moment can be restored; backups that only older ones need"
                            + " are removed.");

    private BackupKeys() {}
}
