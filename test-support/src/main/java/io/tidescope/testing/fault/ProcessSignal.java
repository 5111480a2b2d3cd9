package io.tidescope.testing.fault;

import java.io.IOException;
import java.io.UncheckedIOException;

/** What the system can do to a process. */
public enum ProcessSignal {
    /** Ends it without a word. */
    KILL,
    /** Asks it to end. */
    TERM,
    /** Makes it stand still. */
    STOP,
    /** Lets it go on. */
    CONT;

    /**
     * Sends it.
     *
     * @return whether there was such a process
     */
    public boolean send(long process) {
        try {
            Process kill =
                    new ProcessBuilder("kill", "-" + name(), Long.toString(process))
                            .redirectErrorStream(true)
                            .start();
            kill.getInputStream().readAllBytes();
            return kill.waitFor() == 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
