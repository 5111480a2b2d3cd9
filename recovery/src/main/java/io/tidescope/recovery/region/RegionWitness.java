package io.tidescope.recovery.region;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.tidescope.recovery.object.ObjectStore;
import io.tidescope.recovery.object.StoredObject;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The place that both regions ask who publishes: an object for each epoch, which is there once and
 * never changes, so that of two who begin the next one does.
 *
 * <p>Safe for concurrent use, by several processes too.
 */
public final class RegionWitness {
    private static final ObjectMapper JSON = JsonMapper.builder().build();
    private static final String EPOCHS = "region/epochs/";

    private final ObjectStore store;

    /**
     * @param store that both regions reach; stays the caller's to close
     */
    public RegionWitness(ObjectStore store) {
        this.store = store;
    }

    /** As it is written. */
    private record Written(
            long number,
            String source,
            long since,
            RegionEpoch.Phase phase,
            @Nullable String next,
            String at,
            String by) {}

    /**
     * The newest epoch; absent when no region ever was active.
     *
     * @throws TideScopeException what {@link ObjectStore} throws; CORRUPT when it is not readable
     */
    public Optional<RegionEpoch> current() {
        List<StoredObject> epochs = store.list(EPOCHS);
        return epochs.isEmpty()
                ? Optional.empty()
                : store.find(epochs.getLast().name()).map(RegionWitness::read);
    }

    /**
     * Begins an epoch.
     *
     * @return false when somebody else has begun one of that number
     */
    boolean begin(RegionEpoch epoch) {
        Written written =
                new Written(
                        epoch.number(),
                        epoch.source(),
                        epoch.since(),
                        epoch.phase(),
                        epoch.next(),
                        epoch.at().toString(),
                        epoch.by());
        try {
            return store.create(
                    EPOCHS + "%012d".formatted(epoch.number()), JSON.writeValueAsBytes(written));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static RegionEpoch read(byte[] content) {
        try {
            Written written = JSON.readValue(content, Written.class);
            return new RegionEpoch(
                    written.number(),
                    written.source(),
                    written.since(),
                    written.phase(),
                    written.next(),
                    Instant.parse(written.at()),
                    written.by());
        } catch (IOException | RuntimeException e) {
            throw new TideScopeException(
                    ErrorCode.CORRUPT,
                    "what the witness says of the regions cannot be read: " + e.getMessage(),
                    e);
        }
    }

    @Override
    public String toString() {
        return store.toString();
    }
}
