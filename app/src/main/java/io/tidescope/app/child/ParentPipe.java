package io.tidescope.app.child;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;

/**
 * The child's side of {@link ChildProcess}.
 *
 * <p>The contract: the child writes the line {@link #READY} to its standard output once it works,
 * and stops cleanly when its standard input ends, which it also does when the parent dies without a
 * word.
 */
public final class ParentPipe {
    /** A line of its own on the child's standard output. */
    public static final String READY = "ready";

    private static final Logger log = LoggerFactory.getLogger(ParentPipe.class);

    private ParentPipe() {}

    /** Tells the parent that the child works. */
    public static void ready(PrintStream toParent) {
        toParent.println(READY);
        toParent.flush();
    }

    /** Returns when the parent lets go of the child, or is gone. */
    public static void awaitEnd(InputStream fromParent) {
        try {
            fromParent.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            log.atWarn().setCause(e).log("The parent's pipe broke");
        }
    }
}
