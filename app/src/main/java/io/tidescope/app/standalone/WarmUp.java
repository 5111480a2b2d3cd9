package io.tidescope.app.standalone;

import io.tidescope.parser.parse.JavaSourceParser;
import io.tidescope.parser.parse.ParseResult;
import io.tidescope.parser.parse.SampleSources;
import io.tidescope.tree.index.DocumentIndex;

import java.util.List;

/**
 * Parses and indexes a little code during the start, which for the most part waits for the broker:
 * so the JVM has compiled what does so, or has begun to, when the first file comes. Ends by itself
 * after a second or two, with most of it on a processor that had nothing else to do.
 */
final class WarmUp implements AutoCloseable {
    /** After so many the methods that matter wait to be compiled; more would only delay that. */
    private static final int PASSES = 20;

    private static final String PATH = "src/main/java/io/tidescope/Sample.java";

    private volatile boolean closed;

    private WarmUp() {}

    /** Begins, on a thread of its own. */
    static WarmUp start() {
        WarmUp warmUp = new WarmUp();
        Thread.ofPlatform().daemon().name("warm-up").start(warmUp::run);
        return warmUp;
    }

    private void run() {
        JavaSourceParser parser = new JavaSourceParser();
        List<byte[]> sources = SampleSources.read();
        for (int pass = 0; pass < PASSES; pass++) {
            for (byte[] source : sources) {
                if (closed) {
                    return;
                }
                if (parser.parse(source) instanceof ParseResult.Parsed parsed) {
                    DocumentIndex.of(PATH, parsed.tree(), parsed.tree().toBytes());
                }
            }
        }
    }

    /** Ends it with the file it is at. */
    @Override
    public void close() {
        closed = true;
    }
}
