package io.tidescope.query;

import io.tidescope.schemas.RefStateTail;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.schemas.event.RefState;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.Collection;

/**
 * The publish states as the {@code repositories} topic has them, at most a quarter of a second old
 * while the broker answers. Reads on its own thread; closes the tail it was given.
 */
public final class PublishStateTail implements PublishStates, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(PublishStateTail.class);
    private static final Duration PAUSE = Duration.ofMillis(250);
    private static final Duration CATCH_UP = Duration.ofSeconds(5);

    private final RefStateTail tail;
    private final Thread reader;

    private PublishStateTail(RefStateTail tail) {
        this.tail = tail;
        this.reader = Thread.ofVirtual().name("publish-states").unstarted(this::read);
    }

    /** Starts to read. */
    public static PublishStateTail start(RefStateTail tail) {
        PublishStateTail states = new PublishStateTail(tail);
        states.reader.start();
        return states;
    }

    @Override
    public Collection<RefState> states() {
        return tail.states().values();
    }

    @Override
    public void close() {
        reader.interrupt();
        try {
            reader.join(CATCH_UP);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        tail.close();
    }

    private void read() {
        boolean failing = false;
        try {
            while (true) {
                failing = !caughtUp(failing);
                Thread.sleep(PAUSE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Says so once when it begins to fail, and not at every try. */
    private boolean caughtUp(boolean failingAlready) {
        try {
            tail.catchUp(CATCH_UP);
            return true;
        } catch (TideScopeException e) {
            if (!failingAlready) {
                log.atWarn()
                        .addKeyValue("error_code", e.code())
                        .setCause(e)
                        .log("publish states cannot be read; trying again");
            }
            return false;
        }
    }
}
