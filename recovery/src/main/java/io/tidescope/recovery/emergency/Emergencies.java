package io.tidescope.recovery.emergency;

import io.tidescope.recovery.object.ObjectStore;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * All emergencies that were begun beside some backups. One that cannot be read any more keeps
 * nobody from an emergency of today: it is passed over.
 */
final class Emergencies {
    private static final Logger log = LoggerFactory.getLogger(Emergencies.class);

    private final ObjectStore objects;

    /**
     * @param objects stays the caller's to close
     */
    Emergencies(ObjectStore objects) {
        this.objects = objects;
    }

    /** How many are complete, of whichever deployment. */
    int complete() {
        return Math.toIntExact(
                Journal.all(objects).stream().filter(each -> each.isDone(Step.RESTART)).count());
    }

    /**
     * Those of a deployment that are not complete, but for what another one was complete after:
     * what they were to restore was replaced since.
     *
     * @param deployment is that of this one
     */
    List<EmergencyPlan.Unfinished> unfinished(Intent deployment) {
        List<EmergencyPlan.Unfinished> begun = new ArrayList<>();
        List<Instant> ends = new ArrayList<>();
        for (Journal journal : Journal.all(objects)) {
            try {
                Intent intent = journal.intent().orElse(null);
                if (intent != null && isOfSame(intent, deployment)) {
                    journal.whenDone(Step.RESTART)
                            .ifPresentOrElse(
                                    ends::add, () -> last(journal, intent).ifPresent(begun::add));
                }
            } catch (TideScopeException e) {
                passOver(journal, e);
            }
        }
        begun.removeIf(each -> ends.stream().anyMatch(end -> !end.isBefore(each.begun())));
        return begun;
    }

    private static boolean isOfSame(Intent one, Intent other) {
        return one.cluster().equals(other.cluster())
                && one.prefix().equals(other.prefix())
                && one.index().equals(other.index());
    }

    private static Optional<EmergencyPlan.Unfinished> last(Journal journal, Intent intent) {
        for (Step step : List.of(Step.values()).reversed()) {
            Optional<Instant> begun = journal.whenBegun(step);
            if (begun.isPresent()) {
                return begun.map(
                        when ->
                                new EmergencyPlan.Unfinished(
                                        journal.code(), intent.backup(), step, when));
            }
        }
        return Optional.empty();
    }

    private static void passOver(Journal journal, TideScopeException e) {
        if (e.code() != ErrorCode.CORRUPT && e.code() != ErrorCode.UNSUPPORTED_VERSION) {
            throw e;
        }
        log.atWarn()
                .addKeyValue("emergency", journal.code())
                .setCause(e)
                .log("What an emergency was to do cannot be read");
    }
}
