package io.tidescope.bench;

import com.github.javaparser.JavaParser;
import com.github.javaparser.ParserConfiguration;
import com.github.javaparser.ParserConfiguration.LanguageLevel;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * JavaParser alone, in the fastest configuration that keeps its tree complete: newest language,
 * none of its passes over the tree, comments collected but not attributed. Nothing is done with the
 * trees.
 *
 * <p>Tokens are stored, for without them nodes have no ranges. It reads the sources as they are:
 * that TideScope gives JavaParser a condensed source is no configuration of JavaParser but work
 * done around it, which also has to collect the comments and to map positions back. So that is a
 * part of what is compared with this, for better and worse.
 */
public final class ParseBaseline {
    private static final long STACK_BYTES = 256L * 1024 * 1024;

    private final List<byte[]> contents;
    private final int threads;

    public ParseBaseline(List<byte[]> contents, int threads) {
        this.contents = contents;
        this.threads = threads;
    }

    /** Parses everything once; the time that took, in nanoseconds. */
    public long pass() throws InterruptedException {
        AtomicInteger next = new AtomicInteger();
        AtomicInteger parsed = new AtomicInteger();
        Runnable work =
                () -> {
                    for (int i = next.getAndIncrement();
                            i < contents.size();
                            i = next.getAndIncrement()) {
                        String text = new String(contents.get(i), StandardCharsets.UTF_8);
                        if (new JavaParser(configuration()).parse(text).getResult().isPresent()) {
                            parsed.incrementAndGet();
                        }
                    }
                };
        Thread[] workers = new Thread[threads];
        long start = System.nanoTime();
        for (int i = 0; i < threads; i++) {
            workers[i] = new Thread(null, work, "baseline-" + i, STACK_BYTES);
            workers[i].start();
        }
        for (Thread worker : workers) {
            worker.join();
        }
        long nanos = System.nanoTime() - start;
        if (parsed.get() != contents.size()) {
            throw new IllegalStateException(
                    "Parsed " + parsed.get() + " of " + contents.size() + " files");
        }
        return nanos;
    }

    private static ParserConfiguration configuration() {
        ParserConfiguration configuration =
                new ParserConfiguration()
                        .setLanguageLevel(LanguageLevel.BLEEDING_EDGE)
                        .setAttributeComments(false)
                        .setDetectOriginalLineSeparator(false);
        configuration.getProcessors().clear();
        return configuration;
    }
}
