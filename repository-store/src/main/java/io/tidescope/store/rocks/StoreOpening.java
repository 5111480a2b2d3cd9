package io.tidescope.store.rocks;

import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Instant;

/** Opens a partition's store where it was left, or begins it again when that is of no use. */
record StoreOpening(int number, DocumentStoreBuilder made) {
    private static final Logger log = LoggerFactory.getLogger(StoreOpening.class);

    /**
     * Opens the store at home.
     *
     * @throws TideScopeException UNSUPPORTED_VERSION when a newer version wrote it, UNAVAILABLE
     *     when the cluster does not tell of the topic
     */
    KeptOpen.Opened open(StorePlaces places) {
        KeptOpen.Opened kept = made.kept().take(number);
        if (kept != null) {
            return kept;
        }
        Instant now = made.clock().instant();
        places.settle();
        TopicExtent topic = made.topic().now(number);
        StoreDirectory directory = new StoreDirectory(places.home(), topic, made.clock());
        directory.prepare().ifPresent(this::logRebuild);
        return new KeptOpen.Opened(directory, openOrRebuild(directory, topic.end()), now);
    }

    private Partition openOrRebuild(StoreDirectory directory, long end) {
        try {
            Partition opened = Partition.open(number, directory.path(), made);
            long position = opened.progress().position();
            if (position < end) {
                return opened;
            }
            opened.close();
            logRebuild(
                    "it has come to offset %d, and the topic ends at %d".formatted(position, end));
        } catch (TideScopeException e) {
            if (e.code() != ErrorCode.CORRUPT) {
                throw e;
            }
            made.metrics().damaged();
            logRebuild("it is damaged: " + e.getMessage());
        }
        directory.clear();
        return Partition.open(number, directory.path(), made);
    }

    private void logRebuild(String reason) {
        log.atWarn()
                .addKeyValue("partition", number)
                .addKeyValue("reason", reason)
                .log("The store is built again from the topic");
    }
}
