package io.tidescope.recovery.restore;

import io.tidescope.recovery.archive.Archive;
import io.tidescope.recovery.archive.ArchivedStates;
import io.tidescope.recovery.archive.Chain;
import io.tidescope.recovery.archive.Manifest;
import io.tidescope.recovery.archive.Mark;
import io.tidescope.recovery.archive.Window;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Finds what there is to restore of a moment or a backup. */
public final class RestorePoint {
    private final Archive archive;

    public RestorePoint(Archive archive) {
        this.archive = archive;
    }

    /**
     * Everything that a backup has.
     *
     * @param repositories which of them are restored
     * @throws TideScopeException NOT_FOUND when there is no such backup, or no such repository in
     *     it; CORRUPT or UNSUPPORTED_VERSION naming what cannot be used
     */
    public RestorePlan of(long backup, Predicate<String> repositories) {
        Chain chain = archive.chain(backup);
        return plan(chain, chain.newest().cut(), repositories);
    }

    /**
     * What was published at a moment: of each ref the newest publish that began then or before, by
     * the clock of who published it.
     *
     * @throws TideScopeException INVALID_ARGUMENT when no backup goes back to that moment, with the
     *     times that can be restored; else as above
     */
    public RestorePlan at(Instant time, Predicate<String> repositories) {
        List<String> damaged = new ArrayList<>();
        List<Window> windows = Window.of(readable(damaged));
        Window window =
                windows.reversed().stream()
                        .filter(each -> each.contains(time))
                        .findFirst()
                        .orElseThrow(() -> outside(time, windows, damaged));
        // A publish that began in time may have been complete only in a later one.
        Chain chain = archive.chain(window.chain().getLast());
        return plan(chain, new ArchivedStates(archive, chain).at(time), repositories);
    }

    /**
     * The same from a backup that is named, such as that of a restore that was begun.
     *
     * @throws TideScopeException INVALID_ARGUMENT when that backup does not go back to that moment,
     *     with the times that it does; else as above
     */
    public RestorePlan at(Instant time, long backup, Predicate<String> repositories) {
        Chain chain = archive.chain(backup);
        Window window = Window.of(chain.manifests()).getFirst();
        if (!window.contains(time)) {
            throw outside(time, List.of(window), List.of());
        }
        return plan(chain, new ArchivedStates(archive, chain).at(time), repositories);
    }

    /** Other moments can be restored without those that are damaged. */
    private List<Manifest> readable(List<String> damaged) {
        List<Manifest> manifests = new ArrayList<>();
        for (long id : archive.backups()) {
            try {
                manifests.add(archive.read(id));
            } catch (TideScopeException e) {
                if (e.code() != ErrorCode.CORRUPT) {
                    throw e;
                }
                damaged.add(String.valueOf(e.getMessage()));
            }
        }
        return manifests;
    }

    private static RestorePlan plan(Chain chain, List<Mark> state, Predicate<String> repositories) {
        List<Mark> chosen =
                state.stream().filter(mark -> repositories.test(mark.repository())).toList();
        if (chosen.isEmpty() && !state.isEmpty()) {
            throw new TideScopeException(
                    ErrorCode.NOT_FOUND,
                    "Backup %d has no such repository; it has %s."
                            .formatted(chain.newest().id(), some(state)));
        }
        return new RestorePlan(chain, chosen);
    }

    private static String some(List<Mark> state) {
        List<String> names = state.stream().map(Mark::repository).distinct().toList();
        int shown = Math.min(names.size(), 10);
        return String.join(", ", names.subList(0, shown))
                + (shown < names.size() ? " and %d more".formatted(names.size() - shown) : "");
    }

    private TideScopeException outside(Instant time, List<Window> windows, List<String> damaged) {
        String possible =
                windows.isEmpty()
                        ? "there is no backup in %s".formatted(archive)
                        : windows.stream()
                                .map(each -> "%s to %s".formatted(each.begin(), each.end()))
                                .collect(Collectors.joining(", "));
        return TideScopeException.invalid(
                "at",
                "%s cannot be restored; what can: %s. %s"
                        .formatted(time, possible, String.join(" ", damaged))
                        .strip());
    }
}
