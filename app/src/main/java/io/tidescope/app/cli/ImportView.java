package io.tidescope.app.cli;

import com.fasterxml.jackson.databind.JsonNode;

import io.tidescope.app.client.QueryClient;
import io.tidescope.app.standalone.Publishing;
import io.tidescope.schemas.TideScopeException;

import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

import org.jspecify.annotations.Nullable;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Shows how indexing catches up with the repositories: a bar on a terminal, a line every few
 * seconds elsewhere. Asks the HTTP API as any client would, so what it calls done can be queried.
 */
final class ImportView {
    private static final Duration LOOK = Duration.ofMillis(150);
    private static final Duration LINE = Duration.ofSeconds(5);

    private final QueryClient client;
    private final Supplier<Publishing> publishing;
    private final Terminal terminal;

    ImportView(QueryClient client, Supplier<Publishing> publishing, Terminal terminal) {
        this.client = client;
        this.publishing = publishing;
        this.terminal = terminal;
    }

    /** Returns once everything is indexed but for repositories that have a problem. */
    void show() throws InterruptedException {
        long before = documents();
        try (Meter meter = terminal.interactive() ? new Bar(terminal.out()) : new Lines()) {
            while (true) {
                Publishing now = publishing.get();
                boolean done = now.settled() && indexed(now.problems().keySet());
                if (now.changes() > 0) {
                    meter.show(
                            done ? now.changes() : Math.min(now.changes(), documents() - before),
                            now.changes());
                }
                if (done) {
                    now.problems()
                            .forEach((name, why) -> terminal.out().println(name + ": " + why));
                    return;
                }
                Thread.sleep(LOOK);
            }
        }
    }

    private long documents() throws InterruptedException {
        return ask("/status").path("documents").asLong();
    }

    private boolean indexed(Set<String> failed) throws InterruptedException {
        for (JsonNode repository : ask("/repositories").path("items")) {
            if (failed.contains(repository.path("repository").asText())) {
                continue;
            }
            for (JsonNode ref : repository.path("refs")) {
                if (!ref.path("state").asText().equals("indexed")) {
                    return false;
                }
            }
        }
        return true;
    }

    /** The store takes a moment to answer for all of its partitions. */
    private JsonNode ask(String path) throws InterruptedException {
        while (true) {
            try {
                JsonNode answer = client.ask(path, Map.of()).json();
                if (answer.path("complete").asBoolean()) {
                    return answer;
                }
            } catch (TideScopeException e) {
                switch (e.code().category()) {
                    case RETRIABLE -> {}
                    case USER, CORRUPTION, BUG -> throw e;
                }
            }
            Thread.sleep(LOOK);
        }
    }

    private sealed interface Meter extends AutoCloseable {
        void show(long done, long total);

        @Override
        void close();
    }

    private static final class Bar implements Meter {
        private final PrintStream out;
        private @Nullable ProgressBar bar;

        Bar(PrintStream out) {
            this.out = out;
        }

        /** There may be nothing to import, and then there is no bar. */
        private ProgressBar bar() {
            if (bar == null) {
                bar = build();
            }
            return bar;
        }

        private ProgressBar build() {
            return new ProgressBarBuilder()
                    .setTaskName("Indexing")
                    .setUnit(" files", 1)
                    .setStyle(ProgressBarStyle.ASCII)
                    .setInitialMax(0)
                    .setUpdateIntervalMillis(200)
                    .showSpeed()
                    .setConsumer(new ConsoleProgressBarConsumer(out))
                    .build();
        }

        @Override
        public void show(long done, long total) {
            bar().maxHint(total);
            bar().stepTo(done);
        }

        @Override
        public void close() {
            if (bar != null) {
                bar.close();
            }
        }
    }

    private final class Lines implements Meter {
        private long nextNanos = System.nanoTime();
        private long shown = -1;

        @Override
        public void show(long done, long total) {
            boolean due = done == total || System.nanoTime() - nextNanos >= 0;
            if (due && done != shown) {
                shown = done;
                nextNanos = System.nanoTime() + LINE.toNanos();
                terminal.out()
                        .println(
                                String.format(
                                        Locale.ROOT, "Indexing: %,d of %,d files", done, total));
            }
        }

        @Override
        public void close() {}
    }
}
