package io.tidescope.app.config;

import java.util.Locale;

/** What a process of a cluster does. */
public enum Role {
    /** Follows repositories and publishes what moves; serves webhooks and pokes. */
    INGEST(9101),
    /** Parses what was published. */
    PARSER(9102),
    /** Keeps partitions of the index and answers for them. */
    STORE(9103),
    /** Serves the API, asking the stores. */
    GATEWAY(9104),
    /** The schema registry of a cluster that has no other. */
    REGISTRY(9105),
    /** Backs a deployment up, again and again. */
    ARCHIVER(9106);

    private final int adminPort;

    Role(int adminPort) {
        this.adminPort = adminPort;
    }

    int adminPort() {
        return adminPort;
    }

    /** How it is called on the command line. */
    public String command() {
        return name().toLowerCase(Locale.ROOT);
    }
}
