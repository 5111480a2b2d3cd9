package io.tidescope.app.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.tidescope.app.config.Secret;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

import javax.net.ssl.SSLContext;

/** The client's side of the HTTP API: one question, one answer. */
public final class QueryClient implements AutoCloseable {
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);

    /** Above the longest wait for a revision and the longest answer together. */
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(60);

    private static final int OK = 200;
    private static final int ACCEPTED = 202;
    private static final int UNAUTHENTICATED = 401;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI server;
    private final @Nullable Secret token;
    private final HttpClient http;

    /**
     * @param server such as {@code http://127.0.0.1:8080}
     * @param token proves who asks; null where nobody has to
     */
    public QueryClient(URI server, @Nullable Secret token) {
        this(server, token, null);
    }

    /**
     * @param tls whom to trust at an address of https; null for whom Java does
     */
    public QueryClient(URI server, @Nullable Secret token, @Nullable SSLContext tls) {
        this.server = server;
        this.token = token;
        HttpClient.Builder builder =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(CONNECT_LIMIT);
        http = (tls == null ? builder : builder.sslContext(tls)).build();
    }

    /**
     * Asks.
     *
     * @param path below the API's root, such as {@code /symbols}
     * @param parameters those with an empty value are left out
     * @throws TideScopeException with the server's reason when it refuses, UNAVAILABLE when it
     *     cannot be reached
     */
    public Answer ask(String path, Map<String, String> parameters) throws InterruptedException {
        return send(HttpRequest.newBuilder(uri(path, parameters)));
    }

    /**
     * Asks with a body.
     *
     * @param json the question
     * @throws TideScopeException as {@link #ask} does
     */
    public Answer post(String path, String json) throws InterruptedException {
        return send(posted(path, json));
    }

    private HttpRequest.Builder posted(String path, String json) {
        return HttpRequest.newBuilder(uri(path, Map.of()))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json));
    }

    /**
     * Asks with a body, and leaves it to the caller to read the answer while it comes.
     *
     * @param json the question
     * @return the answer, to be closed
     * @throws TideScopeException as {@link #ask} does
     */
    public InputStream open(String path, String json) throws InterruptedException {
        HttpResponse<InputStream> response =
                respond(posted(path, json), HttpResponse.BodyHandlers.ofInputStream());
        if (response.statusCode() == OK) {
            return response.body();
        }
        try (InputStream body = response.body()) {
            String refusal = new String(body.readAllBytes(), StandardCharsets.UTF_8);
            throw refusal(response.statusCode(), refusal);
        } catch (IOException e) {
            throw broken(e);
        }
    }

    /** For an answer that ends before its end. */
    TideScopeException broken(IOException failure) {
        return new TideScopeException(
                ErrorCode.UNAVAILABLE,
                server + " did not answer: " + failure.getMessage(),
                failure);
    }

    private Answer send(HttpRequest.Builder request) throws InterruptedException {
        HttpResponse<String> response = respond(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != OK && response.statusCode() != ACCEPTED) {
            throw refusal(response.statusCode(), response.body());
        }
        String type = response.headers().firstValue("Content-Type").orElse("");
        return new Answer(
                response.body(),
                type.contains("json") ? parse(response.body()) : JSON.getNodeFactory().nullNode());
    }

    private <T> HttpResponse<T> respond(
            HttpRequest.Builder request, HttpResponse.BodyHandler<T> body)
            throws InterruptedException {
        if (token != null) {
            request.header("Authorization", "Bearer " + token.value());
        }
        HttpRequest whole =
                request.timeout(ANSWER_LIMIT).header("Accept", "application/json").build();
        try {
            return http.send(whole, body);
        } catch (ConnectException e) {
            throw new TideScopeException(
                    ErrorCode.UNAVAILABLE,
                    "nothing answers at "
                            + server
                            + "; start it with 'tidescope up', or say where it is with --url",
                    e);
        } catch (IOException e) {
            throw broken(e);
        }
    }

    private URI uri(String path, Map<String, String> parameters) {
        String query =
                parameters.entrySet().stream()
                        .filter(parameter -> !parameter.getValue().isEmpty())
                        .map(parameter -> parameter.getKey() + "=" + encode(parameter.getValue()))
                        .collect(Collectors.joining("&"));
        String base = server.toString().replaceAll("/+$", "") + "/api/v1" + path;
        return URI.create(query.isEmpty() ? base : base + "?" + query);
    }

    private static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private JsonNode parse(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new TideScopeException(
                    ErrorCode.UNAVAILABLE,
                    server + " answered something that is not JSON; is that TideScope?",
                    e);
        }
    }

    /** The reason in the problem details (RFC 9457), or the status when there are none. */
    private TideScopeException refusal(int status, String body) {
        String reason = "";
        try {
            JsonNode problem = JSON.readTree(body);
            reason = problem.path("detail").asText(problem.path("title").asText());
        } catch (JsonProcessingException e) {
            // Not TideScope, or something in between: the status has to do.
        }
        if (status == UNAUTHENTICATED) {
            return new TideScopeException(
                    ErrorCode.UNAUTHENTICATED,
                    "%s wants to know who asks: give --token-file, or set TIDESCOPE_TOKEN. It says: %s"
                            .formatted(server, reason));
        }
        return new TideScopeException(
                status < 500 ? ErrorCode.INVALID_ARGUMENT : ErrorCode.UNAVAILABLE,
                reason.isEmpty() ? server + " answered with status " + status : reason);
    }

    @Override
    public void close() {
        http.close();
    }

    /**
     * What came back.
     *
     * @param body as it was sent
     * @param json the same, read; null node when it is not JSON
     */
    public record Answer(String body, JsonNode json) {}
}
