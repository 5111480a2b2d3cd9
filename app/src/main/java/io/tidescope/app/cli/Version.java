package io.tidescope.app.cli;

import io.tidescope.app.role.Build;

import picocli.CommandLine.IVersionProvider;

/** The version the jar was built as, and the Java it runs on. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {"tidescope " + Build.version() + ", Java " + Runtime.version()};
    }
}
