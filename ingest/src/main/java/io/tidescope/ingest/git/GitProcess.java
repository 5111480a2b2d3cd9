package io.tidescope.ingest.git;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A running git. Whoever reads from it waits for the next byte, and in the end for its end, only so
 * long; how long the whole takes, and what the reader does in between, does not count.
 */
final class GitProcess implements AutoCloseable {
    private static final int MAX_COMPLAINT_BYTES = 4096;
    private static final long LAST_WORDS_SECONDS = 5;
    private static final ScheduledThreadPoolExecutor ALARMS = alarms();

    private final Process process;
    private final Duration patience;
    private final InputStream output;
    private final CompletableFuture<Complaint> complaint = new CompletableFuture<>();
    private volatile boolean late;

    GitProcess(Process process, Duration patience) {
        this.process = process;
        this.patience = patience;
        this.output = new Watched(process.getInputStream());
        Thread.ofPlatform()
                .daemon()
                .name("git-complaints")
                .start(() -> complaint.complete(drain(process.getErrorStream())));
    }

    private static ScheduledThreadPoolExecutor alarms() {
        ScheduledThreadPoolExecutor alarms =
                new ScheduledThreadPoolExecutor(
                        1, Thread.ofPlatform().daemon().name("git-alarms").factory());
        alarms.setRemoveOnCancelPolicy(true);
        return alarms;
    }

    /** What it is asked. */
    OutputStream input() {
        return process.getOutputStream();
    }

    /** What it prints. */
    InputStream output() {
        return output;
    }

    /**
     * Waits for it to end well, once its output has ended; what it complained of nevertheless,
     * absent when that is too much or does not end.
     *
     * @throws GitFailedException when it does not end well
     */
    Optional<String> awaitSuccess() throws GitFailedException {
        try {
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                endLate();
            }
            int status = process.waitFor();
            if (late) {
                throw GitFailedException.lost("it did nothing for " + patience, null);
            }
            // A child that outlives git, such as ssh, may hold its end of the pipe open.
            Complaint words =
                    complaint
                            .completeOnTimeout(
                                    Complaint.UNHEARD, LAST_WORDS_SECONDS, TimeUnit.SECONDS)
                            .join();
            if (status != 0) {
                throw GitFailedException.ended(status, words.text());
            }
            return words.whole() ? Optional.of(words.text()) : Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw GitFailedException.lost("interrupted", e);
        }
    }

    /** Why it ended before it had answered. */
    GitFailedException cutOff() {
        try {
            awaitSuccess();
            return GitFailedException.lost("it ended too early", null);
        } catch (GitFailedException e) {
            return e;
        }
    }

    private void endLate() {
        late = true;
        close();
    }

    /** Ends it with what it started: ssh and credential helpers would go on without it. */
    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    /**
     * What it complained of.
     *
     * @param text its beginning
     * @param whole whether that is all
     */
    private record Complaint(String text, boolean whole) {
        static final Complaint UNHEARD = new Complaint("", false);
    }

    private static Complaint drain(InputStream complaints) {
        try (complaints) {
            String words =
                    new String(complaints.readNBytes(MAX_COMPLAINT_BYTES), StandardCharsets.UTF_8);
            boolean whole = complaints.transferTo(OutputStream.nullOutputStream()) == 0;
            return new Complaint(words.strip(), whole);
        } catch (IOException e) {
            return Complaint.UNHEARD;
        }
    }

    /** Its output, with an alarm set for as long as a read waits. */
    private final class Watched extends FilterInputStream {
        Watched(InputStream output) {
            super(output);
        }

        private ScheduledFuture<?> alarm() {
            return ALARMS.schedule(
                    GitProcess.this::endLate, patience.toMillis(), TimeUnit.MILLISECONDS);
        }

        @Override
        public int read() throws IOException {
            ScheduledFuture<?> alarm = alarm();
            try {
                return super.read();
            } finally {
                alarm.cancel(false);
            }
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            ScheduledFuture<?> alarm = alarm();
            try {
                return super.read(bytes, offset, length);
            } finally {
                alarm.cancel(false);
            }
        }
    }
}
