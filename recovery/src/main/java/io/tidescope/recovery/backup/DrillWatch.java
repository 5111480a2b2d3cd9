package io.tidescope.recovery.backup;

import io.tidescope.recovery.archive.Archive;
import io.tidescope.recovery.archive.DrillOutcome;
import io.tidescope.schemas.TideScopeException;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Knows since when no drill has passed, looking into the archive now and then: drills are made by
 * others. Looks are for one thread; what was found may be asked for by any.
 */
final class DrillWatch {
    private static final Logger log = LoggerFactory.getLogger(DrillWatch.class);
    private static final Duration BETWEEN_LOOKS = Duration.ofMinutes(1);

    private final Archive archive;
    private final InstantSource clock;
    private final Instant started;
    private Instant next = Instant.MIN;
    private volatile @Nullable DrillOutcome passed;

    /** When the oldest backup that is kept was complete. */
    private volatile @Nullable Instant oldest;

    DrillWatch(Archive archive, InstantSource clock) {
        this.archive = archive;
        this.clock = clock;
        started = clock.instant();
    }

    /** Looks, if it is time to; where that fails, what was found before stays. */
    void look() {
        Instant now = clock.instant();
        if (now.isBefore(next)) {
            return;
        }
        next = now.plus(BETWEEN_LOOKS);
        try {
            archive.drills().newestPassed().ifPresent(found -> passed = found);
            List<Long> backups = archive.backups();
            if (passed == null && !backups.isEmpty()) {
                oldest = archive.read(backups.getFirst()).createdAt();
            }
        } catch (TideScopeException e) {
            log.atWarn()
                    .addKeyValue("error_code", e.code())
                    .setCause(e)
                    .log("It could not be seen when a drill passed");
        }
    }

    /** The newest drill that passed; absent when none is known. */
    Optional<DrillOutcome> passed() {
        return Optional.ofNullable(passed);
    }

    /**
     * Since when none has passed: since the newest that did; else since there are backups, as far
     * as is known, for those of before may have been removed.
     *
     * @return absent when there is no backup either
     */
    Optional<Instant> since() {
        DrillOutcome last = passed;
        if (last != null) {
            return Optional.of(last.begunAt());
        }
        Instant backups = oldest;
        return backups == null
                ? Optional.empty()
                : Optional.of(backups.isBefore(started) ? backups : started);
    }
}
