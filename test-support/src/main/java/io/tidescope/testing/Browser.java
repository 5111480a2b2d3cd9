package io.tidescope.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A real Chromium without a window, driven through chromedriver by the protocol of WebDriver;
 * {@code close} ends both. For one thread at a time.
 */
public final class Browser implements AutoCloseable {
    private static final String DRIVER = "chromedriver";
    private static final String BROWSER = "chromium";
    private static final Pattern PORT = Pattern.compile("started successfully on port (\\d+)");
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final Process driver;
    private final ScratchDirectory scratch;
    private final URI session;

    private Browser(Process driver, URI server, ScratchDirectory scratch) {
        this.driver = driver;
        this.scratch = scratch;
        ObjectNode wanted = JSON.createObjectNode();
        ObjectNode always = wanted.putObject("capabilities").putObject("alwaysMatch");
        always.put("browserName", "chrome");
        always.putObject("goog:loggingPrefs").put("browser", "ALL");
        always.putObject("goog:chromeOptions")
                .putArray("args")
                .add("--headless=new")
                // Root has no sandbox, and what is looked at is our own.
                .add("--no-sandbox")
                .add("--disable-dev-shm-usage")
                .add("--user-data-dir=" + scratch.path());
        String id = send(server.resolve("/session"), wanted).get("sessionId").asText();
        session = server.resolve("/session/" + id + "/");
    }

    /** Whether there is one on the PATH. */
    public static boolean isInstalled() {
        return Program.isInstalled(DRIVER) && Program.isInstalled(BROWSER);
    }

    /** Starts one that remembers nothing of those before. */
    public static Browser start() {
        ScratchDirectory scratch = ScratchDirectory.create("tidescope-browser");
        Path log = scratch.path().resolve("chromedriver.log");
        try {
            Process driver =
                    new ProcessBuilder(DRIVER, "--port=0")
                            .redirectErrorStream(true)
                            .redirectOutput(log.toFile())
                            .start();
            try {
                Eventually.until(START_LIMIT, "chromedriver listens", () -> port(log).find());
                Matcher port = port(log);
                if (!port.find()) {
                    throw new IllegalStateException("chromedriver no longer says its port");
                }
                URI server = URI.create("http://127.0.0.1:" + port.group(1));
                return new Browser(driver, server, scratch);
            } catch (RuntimeException | Error e) {
                end(driver);
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Matcher port(Path log) {
        try {
            return PORT.matcher(Files.readString(log));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Opens a page, and waits until it is loaded. */
    public void open(URI page) {
        send(session.resolve("url"), JSON.createObjectNode().put("url", page.toString()));
    }

    /** Gives the page so many pixels, those of a telephone among them. */
    public void resize(int width, int height) {
        ObjectNode command = JSON.createObjectNode();
        command.put("cmd", "Emulation.setDeviceMetricsOverride");
        command.putObject("params")
                .put("width", width)
                .put("height", height)
                .put("deviceScaleFactor", 1)
                .put("mobile", false);
        send(session.resolve("goog/cdp/execute"), command);
    }

    /** What an expression of JavaScript is worth in the page. */
    public JsonNode value(String expression) {
        ObjectNode script = JSON.createObjectNode().put("script", "return " + expression);
        script.putArray("args");
        return send(session.resolve("execute/sync"), script);
    }

    /** Types into what has the focus, as a keyboard does. */
    public void type(String text) {
        ObjectNode actions = JSON.createObjectNode();
        ObjectNode keyboard = actions.putArray("actions").addObject();
        keyboard.put("type", "key").put("id", "keyboard");
        text.codePoints()
                .mapToObj(Character::toString)
                .forEach(
                        key ->
                                List.of("keyDown", "keyUp")
                                        .forEach(
                                                type ->
                                                        keyboard.withArray("actions")
                                                                .addObject()
                                                                .put("type", type)
                                                                .put("value", key)));
        send(session.resolve("actions"), actions);
    }

    /** What the console has said since it was last asked for, warnings and worse. */
    public List<String> complaints() {
        List<String> complaints = new ArrayList<>();
        JsonNode log =
                send(session.resolve("se/log"), JSON.createObjectNode().put("type", "browser"));
        for (JsonNode entry : log) {
            if (List.of("SEVERE", "WARNING").contains(entry.get("level").asText())) {
                complaints.add(entry.get("message").asText());
            }
        }
        return complaints;
    }

    private JsonNode send(URI command, JsonNode body) {
        HttpRequest request =
                HttpRequest.newBuilder(command)
                        .timeout(START_LIMIT)
                        .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                        .build();
        try {
            HttpResponse<String> response =
                    http.send(request, HttpResponse.BodyHandlers.ofString());
            JsonNode value = JSON.readTree(response.body()).path("value");
            if (response.statusCode() != 200) {
                throw new IllegalStateException(command.getPath() + ": " + value.toPrettyString());
            }
            return value;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        http.close();
        end(driver);
        scratch.close();
    }

    /** The browser is a child of the driver. */
    private static void end(Process driver) {
        List<ProcessHandle> children = driver.descendants().toList();
        driver.destroyForcibly().onExit().join();
        children.forEach(ProcessHandle::destroyForcibly);
        children.forEach(child -> child.onExit().join());
    }
}
