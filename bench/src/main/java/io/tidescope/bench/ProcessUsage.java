package io.tidescope.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a JVM of this machine holds at a moment; Linux tells.
 *
 * @param residentBytes memory of the process, native and heap
 * @param liveBytes objects on the heap that a full collection leaves
 * @param threads of the system: virtual ones are on the heap
 * @param files open file descriptors, sockets among them
 */
public record ProcessUsage(long residentBytes, long liveBytes, int threads, int files) {
    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");
    private static final Pattern THREADS = Pattern.compile("Threads:\\s+(\\d+)");
    private static final Pattern LIVE = Pattern.compile("Total\\s+\\d+\\s+(\\d+)");

    /** Collects its garbage, so that what is left is in use, and looks. */
    public static ProcessUsage of(ProcessHandle process) {
        try {
            long live = number(LIVE, histogram(process.pid()));
            Path system = Path.of("/proc", Long.toString(process.pid()));
            String status = Files.readString(system.resolve("status"));
            try (Stream<Path> files = Files.list(system.resolve("fd"))) {
                return new ProcessUsage(
                        1024 * number(RESIDENT, status),
                        live,
                        (int) number(THREADS, status),
                        (int) files.count());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String histogram(long process) throws IOException {
        Process jcmd =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                                Long.toString(process),
                                "GC.class_histogram")
                        .redirectErrorStream(true)
                        .start();
        return new String(jcmd.getInputStream().readAllBytes());
    }

    private static long number(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new IllegalStateException("no " + pattern + " in: " + text);
        }
        return Long.parseLong(matcher.group(1));
    }
}
