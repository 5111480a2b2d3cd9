package io.tidescope.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A real Prometheus on loopback that looks every second; {@code close} kills it. */
public final class PrometheusServer implements AutoCloseable {
    private static final String PROGRAM = "prometheus";

    private final HttpClient http = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();
    private final Process process;
    private final URI address;

    private PrometheusServer(Process process, URI address) {
        this.process = process;
        this.address = address;
    }

    /** Whether there is one on the PATH. */
    public static boolean isInstalled() {
        return Program.isInstalled(PROGRAM);
    }

    /**
     * Starts one; it may not answer yet when this returns.
     *
     * @param directory where it keeps what it reads
     * @param rules file of alert rules
     * @param targets {@code host:port} by instance, each a job named for the instance up to its
     *     last dash
     */
    public static PrometheusServer start(
            Path directory, int port, Path rules, Map<String, String> targets) {
        StringBuilder configuration =
                new StringBuilder("global: {scrape_interval: 1s, evaluation_interval: 1s}\n")
                        .append("rule_files: ['" + rules.toAbsolutePath() + "']\n")
                        .append("scrape_configs:\n");
        targets.forEach(
                (instance, target) ->
                        configuration.append(
                                """
                                - job_name: '%s'
                                  static_configs: [{targets: ['%s'], labels: {job: '%s', instance: '%s'}}]
                                """
                                        .formatted(
                                                instance,
                                                target,
                                                instance.replaceFirst("-\\d+$", ""),
                                                instance)));
        try {
            Path file = Files.writeString(directory.resolve("prometheus.yml"), configuration);
            Process process =
                    new ProcessBuilder(
                                    PROGRAM,
                                    "--config.file=" + file,
                                    "--storage.tsdb.path=" + directory.resolve("data"),
                                    "--web.listen-address=127.0.0.1:" + port)
                            .redirectErrorStream(true)
                            .redirectOutput(directory.resolve("prometheus.log").toFile())
                            .start();
            return new PrometheusServer(process, URI.create("http://127.0.0.1:" + port));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The samples that an expression has now; an empty array as well when it cannot be asked yet.
     *
     * @throws IllegalArgumentException when it is no expression
     */
    public JsonNode query(String expression) {
        String query = URLEncoder.encode(expression, StandardCharsets.UTF_8);
        try {
            HttpResponse<String> response =
                    http.send(
                            HttpRequest.newBuilder(address.resolve("/api/v1/query?query=" + query))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() == 400 || response.statusCode() == 422) {
                throw new IllegalArgumentException(expression + ": " + response.body());
            }
            return response.statusCode() == 200
                    ? json.readTree(response.body()).path("data").path("result")
                    : json.createArrayNode();
        } catch (IOException e) {
            return json.createArrayNode();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
