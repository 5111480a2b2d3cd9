package io.tidescope.app.role;

/** The build that runs. */
public final class Build {
    private Build() {}

    /** The version that the jar was built as. */
    public static String version() {
        String built = Build.class.getPackage().getImplementationVersion();
        return built == null ? "(not packaged)" : built;
    }
}
