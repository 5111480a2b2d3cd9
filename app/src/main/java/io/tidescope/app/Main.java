package io.tidescope.app;

import io.tidescope.app.cli.CommandLineInterface;

/** TideScope's only {@code main}. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        limitHttpServer();
        System.exit(CommandLineInterface.run(arguments));
    }

    /**
     * The JDK's HTTP server, on which health, metrics and the registry are served, by itself waits
     * for ever for what does not come; it reads these before the first one is made.
     */
    private static void limitHttpServer() {
        System.setProperty("sun.net.httpserver.maxReqTime", "10");
        System.setProperty("sun.net.httpserver.maxRspTime", "60");
        System.setProperty("jdk.httpserver.maxConnections", "256");
    }
}
