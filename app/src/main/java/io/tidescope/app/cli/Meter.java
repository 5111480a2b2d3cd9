package io.tidescope.app.cli;

import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

import org.jspecify.annotations.Nullable;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/** Shows how far something has come: a bar on a terminal, a line every few seconds elsewhere. */
sealed interface Meter extends AutoCloseable {
    /** How far indexing has come, in files. */
    static Meter on(Terminal terminal) {
        return on(terminal, "Indexing", "files");
    }

    /**
     * @param task what is done, such as {@code Indexing}
     * @param unit what is counted, such as {@code files}
     */
    static Meter on(Terminal terminal, String task, String unit) {
        return terminal.interactive()
                ? new Bar(terminal.out(), task, unit)
                : new Lines(terminal.out(), task, unit);
    }

    /**
     * @param done of {@code total}
     * @param total may grow
     */
    void show(long done, long total);

    @Override
    void close();

    /** Redraws one line. */
    final class Bar implements Meter {
        private final PrintStream out;
        private final String task;
        private final String unit;
        private @Nullable ProgressBar bar;

        Bar(PrintStream out, String task, String unit) {
            this.out = out;
            this.task = task;
            this.unit = unit;
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
                    .setTaskName(task)
                    .setUnit(" " + unit, 1)
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

    /** Adds a line when there is news, and at the end. */
    final class Lines implements Meter {
        private static final Duration PAUSE = Duration.ofSeconds(5);

        private final PrintStream out;
        private final String task;
        private final String unit;
        private long nextNanos = System.nanoTime();
        private long shown = -1;

        Lines(PrintStream out, String task, String unit) {
            this.out = out;
            this.task = task;
            this.unit = unit;
        }

        @Override
        public void show(long done, long total) {
            boolean due = done == total || System.nanoTime() - nextNanos >= 0;
            if (due && done != shown) {
                shown = done;
                nextNanos = System.nanoTime() + PAUSE.toNanos();
                out.println(
                        String.format(Locale.ROOT, "%s: %,d of %,d %s", task, done, total, unit));
            }
        }

        @Override
        public void close() {}
    }
}
