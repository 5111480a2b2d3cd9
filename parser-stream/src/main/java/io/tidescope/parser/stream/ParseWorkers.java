package io.tidescope.parser.stream;

import io.tidescope.parser.parse.Cancellation;
import io.tidescope.parser.parse.ParseResult;
import io.tidescope.parser.parse.ParseResult.Unparseable;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Parses files under a deadline on workers with large stacks: as many as there are callers, and
 * those given up because a file took too long and could not be cancelled either, of which there are
 * never many (see {@link #MAX_ABANDONED}). Whatever a file does to the parser becomes that file's
 * result. Safe for concurrent use.
 */
public final class ParseWorkers implements AutoCloseable {
    /** So many parses may run on behind their deadline; each takes a core and its memory. */
    static final int MAX_ABANDONED = 8;

    /** How often, and how long in between, a parse is told to end. */
    private static final int CANCELLATIONS = 250;

    private static final Duration CANCELLATION = Duration.ofMillis(20);

    /** How many slow files may come close to one deadline together. */
    private static final int SLOW_SHARE = 32;

    private static final Logger log = LoggerFactory.getLogger(ParseWorkers.class);

    private final SourceParser parser;
    private final Duration deadline;
    private final Runnable onExhausted;
    private final SlowParses slow;
    private final Deque<ParseWorker> idle = new ConcurrentLinkedDeque<>();
    private final List<ParseWorker> abandoned = new CopyOnWriteArrayList<>();
    private final AtomicInteger workers = new AtomicInteger();

    /**
     * @param onExhausted called when {@link #MAX_ABANDONED} parses run behind their deadline: only
     *     a new process gets rid of them
     */
    public ParseWorkers(SourceParser parser, Duration deadline, Runnable onExhausted) {
        this.parser = parser;
        this.deadline = deadline;
        this.onExhausted = onExhausted;
        slow = new SlowParses(deadline.dividedBy(SLOW_SHARE));
    }

    /**
     * Parses a file.
     *
     * @param blob identifies the content
     */
    public ParseResult parse(String blob, byte[] content) {
        if (slow.hasTimedOut(blob)) {
            return timeout(content);
        }
        ParseResult known = slow.find(blob);
        return known == null ? parseAnew(blob, content) : known;
    }

    private ParseResult parseAnew(String blob, byte[] content) {
        ParseWorker worker = idle.pollFirst();
        if (worker == null) {
            worker = new ParseWorker("parse-worker-" + workers.incrementAndGet());
        }
        Cancellation cancellation = new Cancellation();
        long start = System.nanoTime();
        try {
            ParseResult result = worker.run(() -> parser.parse(content, cancellation), deadline);
            slow.add(blob, result, Duration.ofNanos(System.nanoTime() - start));
            release(worker, result);
            return result;
        } catch (ExecutionException e) {
            ParseResult result = failure(content, e.getCause());
            release(worker, result);
            return result;
        } catch (TimeoutException e) {
            slow.addTimeout(blob);
            end(worker, cancellation);
            return timeout(content);
        } catch (InterruptedException e) {
            throw interrupted(worker, cancellation, e);
        }
    }

    private void end(ParseWorker worker, Cancellation cancellation) {
        try {
            for (int i = 0; i < CANCELLATIONS; i++) {
                cancellation.cancel();
                if (worker.awaitEnd(CANCELLATION)) {
                    log.atWarn()
                            .addKeyValue("deadline", deadline)
                            .log("A file was not parsed within its deadline");
                    // Its stack may have grown, and would stay so.
                    worker.retire();
                    return;
                }
            }
            abandon(worker);
        } catch (InterruptedException e) {
            throw interrupted(worker, cancellation, e);
        }
    }

    /** Once may not be enough, and nobody waits any more; it is one of those to be counted. */
    private IllegalStateException interrupted(
            ParseWorker worker, Cancellation cancellation, InterruptedException e) {
        cancellation.cancel();
        worker.retire();
        abandoned.add(worker);
        Thread.currentThread().interrupt();
        return new IllegalStateException("interrupted while a file was parsed", e);
    }

    /** Parses that run on behind their deadline. */
    public int abandoned() {
        abandoned.removeIf(worker -> !worker.isAlive());
        return abandoned.size();
    }

    /** Ends idle workers; those that were given up end with their task, or with the process. */
    @Override
    public void close() {
        for (ParseWorker worker = idle.poll(); worker != null; worker = idle.poll()) {
            worker.retire();
        }
    }

    private void release(ParseWorker worker, ParseResult result) {
        if (result instanceof Unparseable unparseable
                && unparseable.code().equals(Unparseable.TOO_DEEP)) {
            // Its stack grew to the full size and would stay so.
            worker.retire();
        } else {
            idle.addFirst(worker);
        }
    }

    private void abandon(ParseWorker worker) {
        worker.retire();
        abandoned.add(worker);
        int running = abandoned();
        log.atWarn()
                .addKeyValue("deadline", deadline)
                .addKeyValue("abandoned", running)
                .log("A file was not parsed within its deadline, and goes on being parsed");
        if (running >= MAX_ABANDONED) {
            onExhausted.run();
        }
    }

    private ParseResult timeout(byte[] content) {
        return FailedParse.of(
                content,
                FailedParse.TIMEOUT,
                "not parsed within %d ms".formatted(deadline.toMillis()));
    }

    private static ParseResult failure(byte[] content, @Nullable Throwable cause) {
        return switch (cause) {
            case StackOverflowError e ->
                    FailedParse.of(content, Unparseable.TOO_DEEP, "nested too deeply to be parsed");
            case OutOfMemoryError e ->
                    FailedParse.of(
                            content,
                            Unparseable.OUT_OF_MEMORY,
                            "parsing takes more memory than there is");
            case null, default ->
                    FailedParse.of(
                            content, Unparseable.PARSER_ERROR, "the parser failed: " + cause);
        };
    }
}
