package io.tidescope.app.cli;

import com.fasterxml.jackson.annotation.JsonInclude;

import io.tidescope.app.client.Columns;
import io.tidescope.recovery.archive.Archive;
import io.tidescope.recovery.archive.Manifest;
import io.tidescope.recovery.archive.Window;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/** Shows the backups that are there. */
final class BackupsView {
    private static final String NOTHING = "-";

    private BackupsView() {}

    /**
     * What there is.
     *
     * @param archive where
     * @param restorable times that can be restored
     */
    record Listing(String archive, List<Listed> backups, List<Times> restorable) {}

    /**
     * A backup; of one that cannot be read only its number is known, and why.
     *
     * @param time of what it has
     * @param refs in its newest consistent state
     * @param records in the segments that it names, not those of backups that it builds on
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Listed(
            long number,
            @Nullable String kind,
            @Nullable Long buildsOn,
            @Nullable String time,
            @Nullable Integer refs,
            @Nullable Long records,
            @Nullable Long bytes,
            @Nullable String damage) {
        static Listed of(Manifest manifest) {
            return new Listed(
                    manifest.id(),
                    BackupView.kind(manifest),
                    manifest.parent(),
                    manifest.begunAt().toString(),
                    manifest.cut().size(),
                    BackupView.records(manifest),
                    manifest.size(),
                    null);
        }

        static Listed damaged(long number, String damage) {
            return new Listed(number, null, null, null, null, null, null, damage);
        }

        List<String> cells() {
            return List.of(
                    Long.toString(number),
                    kind == null ? "damaged" : kind,
                    buildsOn == null ? NOTHING : buildsOn.toString(),
                    time == null ? NOTHING : time,
                    refs == null ? NOTHING : Quantity.count(refs),
                    records == null ? NOTHING : Quantity.count(records),
                    bytes == null ? NOTHING : Quantity.bytes(bytes));
        }
    }

    /**
     * Any moment between them can be restored.
     *
     * @param backups that it takes
     */
    record Times(String begin, String end, List<Long> backups) {}

    /**
     * Looks at all backups. One that is damaged is listed as that: it must not be in the way of
     * those who look for another.
     */
    static Listing of(Archive archive) {
        List<Manifest> readable = new ArrayList<>();
        List<Listed> listed = new ArrayList<>();
        for (long number : archive.backups()) {
            try {
                Manifest manifest = archive.read(number);
                readable.add(manifest);
                listed.add(Listed.of(manifest));
            } catch (TideScopeException e) {
                if (e.code() != ErrorCode.CORRUPT && e.code() != ErrorCode.UNSUPPORTED_VERSION) {
                    throw e;
                }
                listed.add(Listed.damaged(number, String.valueOf(e.getMessage())));
            }
        }
        return new Listing(
                archive.toString(),
                listed,
                Window.of(readable).stream()
                        .map(
                                window ->
                                        new Times(
                                                window.begin().toString(),
                                                window.end().toString(),
                                                window.chain()))
                        .toList());
    }

    static List<String> lines(Listing listing) {
        if (listing.backups().isEmpty()) {
            return List.of("no backups in " + listing.archive());
        }
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("BACKUP", "KIND", "BUILDS ON", "TIME", "REFS", "RECORDS", "SIZE"));
        listing.backups().forEach(backup -> rows.add(backup.cells()));
        List<String> lines = new ArrayList<>(Columns.of(rows));
        lines.add("");
        for (Listed backup : listing.backups()) {
            if (backup.damage() != null) {
                lines.add(backup.damage());
            }
        }
        for (Times times : listing.restorable()) {
            lines.add(
                    "can be restored: every moment from %s to %s"
                            .formatted(times.begin(), times.end()));
        }
        if (listing.restorable().isEmpty()) {
            lines.add("no moment can be restored");
        }
        return lines;
    }
}
