package io.tidescope.app.cli;

import picocli.CommandLine.IVersionProvider;

/** The version the jar was built as, and the Java it runs on. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String built = Version.class.getPackage().getImplementationVersion();
        return new String[] {
            "tidescope "
                    + (built == null ? "(not packaged)" : built)
                    + ", Java "
                    + Runtime.version()
        };
    }
}
