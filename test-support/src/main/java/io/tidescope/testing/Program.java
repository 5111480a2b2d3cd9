package io.tidescope.testing;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Programs of this machine that tests run against, where they are installed. */
public final class Program {
    private Program() {}

    /** Whether there is one of that name on the PATH. */
    public static boolean isInstalled(String name) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(path -> Files.isExecutable(Path.of(path).resolve(name)));
    }
}
