package io.tidescope.recovery.region;

import io.tidescope.recovery.region.RegionEpoch.Phase;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;

import java.time.InstantSource;

/**
 * Has the log of the region that publishes count as another one, once it was deleted and restored:
 * a mirror goes on by offsets, and those of a log that is gone say nothing of what is there now.
 */
public final class Renewal {
    private Renewal() {}

    /**
     * Begins the epoch in which the log is another one. Mirrors end when they hear of it, and the
     * other region has to be emptied before it is mirrored into.
     *
     * @param own the region whose log it is
     * @param by who asks for it, for people
     * @throws TideScopeException PRECONDITION_FAILED when this is not the region that publishes;
     *     what the witness throws
     */
    public static RegionEpoch run(
            RegionWitness witness, String own, InstantSource clock, String by) {
        RegionEpoch epoch = witness.current().orElse(null);
        if (epoch == null || epoch.phase() != Phase.ACTIVE || !epoch.source().equals(own)) {
            throw new TideScopeException(
                    ErrorCode.PRECONDITION_FAILED,
                    "Region %s does not publish, and only the log of the one that does is mirrored: %s."
                            .formatted(own, epoch == null ? "none does" : epoch.describe()));
        }
        RegionEpoch renewed = epoch.renewed(clock.instant(), by);
        if (!witness.begin(renewed)) {
            throw new TideScopeException(
                    ErrorCode.PRECONDITION_FAILED,
                    "Somebody else has begun epoch %d at the same time; look with tidescope region status."
                            .formatted(renewed.number()));
        }
        return renewed;
    }
}
