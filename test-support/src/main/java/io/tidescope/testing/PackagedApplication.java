package io.tidescope.testing;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The packaged application, run by a JVM that has learned from a rehearsal what a start needs: a
 * test that starts a dozen processes waits half as long for them.
 */
public final class PackagedApplication {
    private static final String APPLICATION_CACHE = "tidescope.aot";
    private static final String BROKER_CACHE = "broker.aot";

    private PackagedApplication() {}

    /**
     * The command line that runs classes of the application, or of the tests, up to the name of the
     * class.
     *
     * @param jvmOptions further options of the JVM, such as a heap's size
     */
    public static List<String> java(String... jvmOptions) {
        return java(APPLICATION_CACHE, jvmOptions);
    }

    /**
     * The same for the classes of an application that was packaged from another version, beside
     * which its libraries and caches are.
     */
    public static List<String> java(Path otherJar, String... jvmOptions) {
        Path cache = otherJar.resolveSibling(APPLICATION_CACHE);
        return java(cache, otherJar.toString(), jvmOptions);
    }

    /** The same for what is a broker and little else. */
    public static List<String> brokerJava(String... jvmOptions) {
        return java(BROKER_CACHE, jvmOptions);
    }

    /** Has the JVM learn, if it has not since the application was built. */
    static synchronized void rehearse() {
        Path cache = target().resolve(APPLICATION_CACHE);
        if (!newer(cache, jar())) {
            TideScopeProcess.train();
        }
    }

    private static List<String> java(String cache, String... jvmOptions) {
        rehearse();
        return java(
                target().resolve(cache),
                jar() + File.pathSeparator + System.getProperty("java.class.path"),
                jvmOptions);
    }

    private static List<String> java(Path cache, String classPath, String... jvmOptions) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of(
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:AOTCache=" + cache,
                        "-Xlog:aot*=off",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow"));
        if (cache.endsWith(APPLICATION_CACHE)) {
            command.add("-XX:+UseCompactObjectHeaders");
        }
        command.addAll(List.of(jvmOptions));
        command.addAll(List.of("-cp", classPath));
        return command;
    }

    private static boolean newer(Path one, Path other) {
        return one.toFile().lastModified() > other.toFile().lastModified();
    }

    private static Path jar() {
        Path jar = target().resolve("tidescope.jar");
        if (!Files.exists(jar)) {
            throw new AssertionError(jar + " is not there: the application is packaged first");
        }
        return jar;
    }

    private static Path target() {
        return Path.of(System.getProperty(TideScopeProcess.LAUNCHER_PROPERTY, "./tidescope"))
                .toAbsolutePath()
                .resolveSibling("app/target");
    }
}
