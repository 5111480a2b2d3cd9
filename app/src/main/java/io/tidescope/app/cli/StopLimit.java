package io.tidescope.app.cli;

import java.time.Duration;

/**
 * Ends a process that does not manage to stop, and the children it has not ended yet: whatever they
 * hold on to is safe without.
 */
final class StopLimit {
    /** Above what each part of a process may take to stop. */
    static final Duration LIMIT = Duration.ofSeconds(55);

    private static final int NOT_CLEAN = 1;

    private StopLimit() {}

    /** From now on. */
    static void start() {
        Thread.ofPlatform()
                .daemon()
                .name("stop-limit")
                .start(
                        () -> {
                            try {
                                Thread.sleep(LIMIT);
                                System.err.println(
                                        "tidescope: not stopped after " + LIMIT + "; ending hard");
                                ProcessHandle.current()
                                        .descendants()
                                        .forEach(ProcessHandle::destroyForcibly);
                                Runtime.getRuntime().halt(NOT_CLEAN);
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        });
    }
}
