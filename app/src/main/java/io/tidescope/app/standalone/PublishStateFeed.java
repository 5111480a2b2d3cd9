package io.tidescope.app.standalone;

import io.tidescope.query.PublishStates;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.schemas.event.RefState;
import io.tidescope.schemas.repositories.RefStateTail;

import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.Collection;
import java.util.List;

/** What publishers say about refs, read from Kafka again and again on a thread of its own. */
final class PublishStateFeed implements PublishStates, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(PublishStateFeed.class);
    private static final Duration PAUSE = Duration.ofMillis(250);
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final RefStateTail tail;
    private final Thread thread;

    PublishStateFeed(RefStateTail tail) {
        this.tail = tail;
        thread = Thread.ofPlatform().name("publish-states").daemon().start(this::run);
    }

    @Override
    public Collection<RefState> states() {
        return List.copyOf(tail.states().values());
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                try {
                    tail.catchUp(LIMIT);
                } catch (TideScopeException e) {
                    log.atInfo().setCause(e).log("Publish states are not up to date");
                }
                Thread.sleep(PAUSE);
            }
        } catch (InterruptedException | InterruptException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws InterruptedException {
        thread.interrupt();
        thread.join(LIMIT);
        tail.close();
    }
}
