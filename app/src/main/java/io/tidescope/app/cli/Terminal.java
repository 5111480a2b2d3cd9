package io.tidescope.app.cli;

import java.io.Console;
import java.io.PrintStream;

/**
 * Where progress is shown.
 *
 * @param interactive whether lines can be written over
 */
record Terminal(PrintStream out, boolean interactive) {
    /** Standard error: it is not what is redirected to a file. */
    static Terminal err() {
        Console console = System.console();
        return new Terminal(System.err, console != null && console.isTerminal());
    }
}
