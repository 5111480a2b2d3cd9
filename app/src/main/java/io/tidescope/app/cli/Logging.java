package io.tidescope.app.cli;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.joran.spi.JoranException;

import io.tidescope.app.config.LogConfiguration;

import org.slf4j.LoggerFactory;

import java.net.URL;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/**
 * Where logs go: warnings to the terminal from the start, everything to a file once one is known.
 */
final class Logging {
    private Logging() {}

    /** Sends logs to a file that rolls; the terminal keeps getting TideScope's warnings alone. */
    static void toFile(Path file) {
        configure("/logback-file.xml", Map.of("file", file.toAbsolutePath().toString()));
    }

    /** Sends logs where and as a role's configuration says. */
    static void of(LogConfiguration log) {
        Path file = log.file();
        if (file != null) {
            toFile(file);
        } else {
            configure(
                    switch (log.format()) {
                        case TEXT -> "/logback-text.xml";
                        case JSON -> "/logback-json.xml";
                    },
                    Map.of());
        }
    }

    private static void configure(String resource, Map<String, String> properties) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        URL configuration = Objects.requireNonNull(Logging.class.getResource(resource), resource);
        context.reset();
        properties.forEach(context::putProperty);
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        try {
            configurator.doConfigure(configuration);
        } catch (JoranException e) {
            throw new IllegalStateException(resource + " is not well formed", e);
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
