package io.tidescope.bench;

import io.tidescope.testing.IndexClient;

import java.util.Map;

/** Waiting for an import to be done. */
public final class Imports {
    private Imports() {}

    /** Waits inside the server: looking again and again would take part of what is measured. */
    public static void await(IndexClient index, String repository, String commit) {
        index.read(
                "/documents",
                Map.of(
                        "repository",
                        repository,
                        "prefix",
                        "none",
                        "min_revision",
                        commit,
                        "wait",
                        "30s"));
    }
}
