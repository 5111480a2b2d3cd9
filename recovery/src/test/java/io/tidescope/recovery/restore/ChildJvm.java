package io.tidescope.recovery.restore;

import org.jspecify.annotations.Nullable;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A process of its own with the test's class path, which is killed as {@code kill -9} does, at the
 * latest when it is closed. It and the test talk by lines.
 */
final class ChildJvm implements AutoCloseable {
    private static final String NEWS = "> ";

    private final Process process;
    private final Path errors;
    private final BufferedReader output;
    private final PrintStream input;

    private ChildJvm(Process process, Path errors) {
        this.process = process;
        this.errors = errors;
        output = process.inputReader(StandardCharsets.UTF_8);
        input = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
    }

    /**
     * @param directory there; gets what the process prints, and its temporary files
     */
    static ChildJvm start(Path directory, Class<?> main, List<String> arguments) {
        Path errors = directory.resolve(main.getSimpleName() + ".err");
        List<String> command = new ArrayList<>();
        command.addAll(
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx384m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-Djava.io.tmpdir=" + directory,
                        "-cp",
                        System.getProperty("java.class.path")
                                + File.pathSeparator
                                + System.getProperty("surefire.test.class.path", ""),
                        main.getName()));
        command.addAll(arguments);
        try {
            Process process =
                    new ProcessBuilder(command)
                            .redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()))
                            .start();
            return new ChildJvm(process, errors);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** In the child: where news go. Everything else that is printed goes to its errors. */
    static PrintStream news() {
        PrintStream news = System.out;
        System.setOut(System.err);
        return news;
    }

    /** In the child: tells the test. */
    static void tell(PrintStream news, String what) {
        news.println(NEWS + what);
    }

    /** In the child: it ends when the test does. */
    static void endWithParent() {
        Thread.ofPlatform()
                .daemon()
                .start(
                        () -> {
                            try {
                                while (System.in.read() >= 0) {}
                            } catch (IOException e) {
                                // The same as its end.
                            }
                            Runtime.getRuntime().halt(1);
                        });
    }

    /** What it tells next; waits for it. */
    String awaitNews() {
        try {
            @Nullable String line = output.readLine();
            while (line != null && !line.startsWith(NEWS)) {
                line = output.readLine();
            }
            if (line == null) {
                throw new AssertionError("a child ended by itself: " + Files.readString(errors));
            }
            return line.substring(NEWS.length());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void say(String line) {
        input.println(line);
    }

    /** Whether it has ended within a time, well. */
    boolean endsWithin(Duration time) throws InterruptedException {
        if (!process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS)) {
            return false;
        }
        if (process.exitValue() != 0) {
            throw new AssertionError("a child failed: " + read(errors));
        }
        return true;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        kill();
    }
}
