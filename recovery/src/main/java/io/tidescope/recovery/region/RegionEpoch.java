package io.tidescope.recovery.region;

import io.tidescope.schemas.TideScopeException;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * Who publishes, from one moment on until the next epoch.
 *
 * @param number from 1, ascending by one
 * @param source the region whose log counts, and which the other one mirrors
 * @param since the epoch in which it became that, or a greater number where the witness has lost
 *     the epochs before: what is mirrored belongs to this number, which is never given again
 * @param phase what the regions may do
 * @param next the region that is taking over; null while none is
 * @param at when the epoch began, by the clock of who began it
 * @param by who began it, for people
 */
public record RegionEpoch(
        long number,
        String source,
        long since,
        Phase phase,
        @Nullable String next,
        Instant at,
        String by) {
    /** Between the publishes of two epochs there is room for so many of the earlier one. */
    private static final long PUBLISHES = 1_000_000_000L;

    /** What a name of a region must match. */
    public static final String NAME = "[a-z][a-z0-9]{0,19}";

    public RegionEpoch {
        requireName(source);
        if (next != null) {
            requireName(next);
        }
        if (number < 1 || since < 1) {
            throw TideScopeException.invalid("epoch", "there is no epoch " + number);
        }
    }

    /** What happens in an epoch. */
    public enum Phase {
        /** The source publishes, and the other region mirrors it. */
        ACTIVE,
        /** Nobody publishes; the other region mirrors what there is. */
        FENCED,
        /** Nobody publishes, and nothing is mirrored. */
        CLOSED
    }

    static void requireName(String name) {
        if (!name.matches(NAME)) {
            throw TideScopeException.invalid(
                    "region",
                    "the name of a region must be a small letter and up to 19 small letters and digits, not \"%s\""
                            .formatted(name));
        }
    }

    /**
     * The first of a witness.
     *
     * @param since 1, or behind all that another witness has counted
     */
    static RegionEpoch first(String region, long since, Instant at, String by) {
        return new RegionEpoch(1, region, since, Phase.ACTIVE, null, at, by);
    }

    RegionEpoch fenced(String taker, Instant when, String who) {
        return new RegionEpoch(number + 1, source, since, Phase.FENCED, taker, when, who);
    }

    RegionEpoch closed(String taker, Instant when, String who) {
        return new RegionEpoch(number + 1, source, since, Phase.CLOSED, taker, when, who);
    }

    RegionEpoch activated(String taker, Instant when, String who) {
        return new RegionEpoch(number + 1, taker, nextSince(), Phase.ACTIVE, null, when, who);
    }

    /** The source's log is another one from now on. */
    RegionEpoch renewed(Instant when, String who) {
        return new RegionEpoch(number + 1, source, nextSince(), phase, next, when, who);
    }

    private long nextSince() {
        return Math.max(number, since) + 1;
    }

    public boolean mayPublish(String region) {
        return phase == Phase.ACTIVE && source.equals(region);
    }

    public boolean mayMirror(String region) {
        return phase != Phase.CLOSED && !source.equals(region);
    }

    /**
     * Publishes of this epoch have at least this number: what the region before published and
     * nobody here knows of comes before them, should it ever come.
     */
    public long firstPublish() {
        return (since - 1) * PUBLISHES;
    }

    /** Since which epoch whoever gave a publish this number had been publishing. */
    static long sinceOf(long publish) {
        return publish / PUBLISHES + 1;
    }

    /** What happens, for people. */
    public String describe() {
        return switch (phase) {
            case ACTIVE -> "%s publishes since %s (epoch %d)".formatted(source, at, number);
            case FENCED, CLOSED ->
                    "nobody publishes since %s: %s is taking over from %s (epoch %d, begun by %s)"
                            .formatted(at, next, source, number, by);
        };
    }
}
