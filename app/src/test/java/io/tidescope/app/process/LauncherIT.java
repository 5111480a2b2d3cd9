package io.tidescope.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidescope.testing.TideScopeProcess;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Which Java the launcher takes. */
@Timeout(60)
final class LauncherIT {
    private static final Path LAUNCHER =
            Path.of(System.getProperty(TideScopeProcess.LAUNCHER_PROPERTY, "./tidescope"));

    @TempDir private Path temporary;
    private Path older;

    @BeforeEach
    void makeOlderJdk() throws Exception {
        older = Files.createDirectories(temporary.resolve("jdk-17"));
        Files.writeString(older.resolve("release"), "JAVA_VERSION=\"17.0.9\"\n");
        executable(older.resolve("bin/javac"), "#!/bin/sh\nexit 9\n");
        executable(older.resolve("bin/java"), "#!/bin/sh\nexit 9\n");
    }

    @Test
    void findsTheJdkThatItNeedsWhereverJavaHomeIs() throws Exception {
        Launcher.Ended version = version(LAUNCHER);

        assertThat(version.exit()).as(version.output()).isZero();
        assertThat(version.output()).contains("Java 25");
    }

    @Test
    void saysWhatToInstallWhenThereIsNoJdkThatItCouldUse() throws Exception {
        String finder = Files.readString(LAUNCHER.resolveSibling(".ci/find-jdk"));
        String needy = finder.replace("JAVA_VERSION=\"25[", "JAVA_VERSION=\"999[");
        assertThat(needy).isNotEqualTo(finder);
        executable(temporary.resolve("checkout/.ci/find-jdk"), needy);
        Path launcher = temporary.resolve("checkout/tidescope");
        executable(launcher, Files.readString(LAUNCHER));

        Launcher.Ended refused = version(launcher);

        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.output())
                .startsWith("tidescope needs a JDK 25 and found none.")
                .contains("JAVA_HOME");
        assertThat(refused.output().lines()).hasSize(1);
    }

    private static void executable(Path file, String text) throws Exception {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    /** As somebody whose Java is the older one. */
    private Launcher.Ended version(Path launcher) throws Exception {
        ProcessBuilder builder =
                new ProcessBuilder(launcher.toString(), "--version").redirectErrorStream(true);
        builder.environment().put("TIDESCOPE_BUILD", "never");
        builder.environment().put("JAVA_HOME", older.toString());
        builder.environment()
                .merge(
                        "PATH",
                        older.resolve("bin").toString(),
                        (path, first) -> first + File.pathSeparator + path);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Launcher.Ended(process.waitFor(), output);
    }
}
