package io.tidescope.app;

import io.tidescope.app.cli.CommandLineInterface;

/** TideScope's only {@code main}. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.exit(CommandLineInterface.run(arguments));
    }
}
