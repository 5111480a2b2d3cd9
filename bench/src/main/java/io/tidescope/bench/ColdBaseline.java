package io.tidescope.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * {@link ParseBaseline} in a JVM of its own, with nothing compiled before it begins. It has no AOT
 * cache either, as JavaParser comes without; {@code docs/benchmarks.md} says what one would give.
 */
public final class ColdBaseline {
    private ColdBaseline() {}

    /**
     * Parses all files below a directory once.
     *
     * @return nanoseconds of the parse alone, the start of the JVM not counted
     */
    static long pass(Path sources, List<String> jvmOptions) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmOptions);
        command.addAll(
                List.of(
                        "-cp",
                        System.getProperty("java.class.path")
                                + File.pathSeparator
                                + System.getProperty("surefire.test.class.path", ""),
                        ColdBaseline.class.getName(),
                        sources.toString()));
        Process process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String printed = new String(process.getInputStream().readAllBytes());
        if (process.waitFor() != 0) {
            throw new IllegalStateException("The baseline failed: " + command);
        }
        return Long.parseLong(printed.strip());
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        List<byte[]> contents = new ArrayList<>();
        try (Stream<Path> files = Files.walk(Path.of(arguments[0]))) {
            for (Path file : (Iterable<Path>) files.filter(ColdBaseline::isJava)::iterator) {
                contents.add(Files.readAllBytes(file));
            }
        }
        int threads = Runtime.getRuntime().availableProcessors();
        System.out.println(new ParseBaseline(contents, threads).pass());
    }

    private static boolean isJava(Path file) {
        return file.toString().endsWith(".java");
    }
}
