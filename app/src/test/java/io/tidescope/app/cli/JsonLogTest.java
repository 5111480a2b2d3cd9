package io.tidescope.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.ConsoleAppender;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;

import java.util.Map;
import java.util.Objects;

/** A line of the log in a container, as Fluent Bit finds it. */
class JsonLogTest {
    @Test
    void aLineIsAnObjectWithTheRequestAndTheTraceInMdc() throws Exception {
        LoggerContext context = new LoggerContext();
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(
                Objects.requireNonNull(Logging.class.getResource("/logback-json.xml")));
        Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        var terminal = (ConsoleAppender<ILoggingEvent>) root.getAppender("terminal");
        LoggingEvent event =
                new LoggingEvent("", root, Level.WARN, "says \"no\"\nand ends", null, null);
        event.setMDCPropertyMap(Map.of("request_id", "r-1", "trace_id", "t", "span_id", "s"));
        event.addKeyValuePair(new KeyValuePair("repository", "shop"));

        String text = new String(terminal.getEncoder().encode(event), UTF_8);

        assertThat(text).endsWith("}\n").containsOnlyOnce("\n");
        JsonNode line = new ObjectMapper().readTree(text);
        assertThat(line.path("level").asText()).isEqualTo("WARN");
        assertThat(line.path("message").asText()).isEqualTo("says \"no\"\nand ends");
        assertThat(line.path("mdc").path("request_id").asText()).isEqualTo("r-1");
        assertThat(line.path("mdc").path("trace_id").asText()).isEqualTo("t");
        assertThat(line.path("mdc").path("span_id").asText()).isEqualTo("s");
        assertThat(line.path("kvpList").path(0).path("repository").asText()).isEqualTo("shop");
        context.stop();
    }
}
