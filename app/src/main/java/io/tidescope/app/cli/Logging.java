package io.tidescope.app.cli;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.joran.spi.JoranException;

import org.slf4j.LoggerFactory;

import java.net.URL;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Where logs go: warnings to the terminal from the start, everything to a file once one is known.
 */
final class Logging {
    private Logging() {}

    /** Sends logs to a file that rolls; the terminal keeps getting TideScope's warnings alone. */
    static void toFile(Path file) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        URL configuration =
                Objects.requireNonNull(
                        Logging.class.getResource("/logback-file.xml"), "logback-file.xml");
        context.reset();
        context.putProperty("file", file.toAbsolutePath().toString());
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        try {
            configurator.doConfigure(configuration);
        } catch (JoranException e) {
            throw new IllegalStateException("logback-file.xml is not well formed", e);
        }
    }

    /** What ended a thread goes to the log; its owner decides what that means. */
    static void uncaught(Thread thread, Throwable failure) {
        LoggerFactory.getLogger(Logging.class)
                .atError()
                .addKeyValue("thread", thread.getName())
                .setCause(failure)
                .log("A thread ended");
    }
}
