package io.tidescope.schemas.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;

import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A registry that speaks Confluent's REST protocol, reached by HTTP. What it answered is kept for
 * good, for neither ids nor schemas ever change; failures are not kept.
 */
public final class HttpSchemaRegistry implements SchemaRegistry, AutoCloseable {
    private static final String CONTENT_TYPE = "application/vnd.schemaregistry.v1+json";
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(10);
    private static final int ATTEMPTS = 4;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);

    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI base;
    private final HttpClient client =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(CONNECT_TIMEOUT)
                    .build();
    private final Map<Registration, Integer> ids = new ConcurrentHashMap<>();
    private final Map<Integer, Schema> schemas = new ConcurrentHashMap<>();

    private record Registration(String subject, String schema) {}

    /**
     * @param base where the protocol's paths start, such as {@code http://registry:8081} or an
     *     Apicurio Registry's {@code http://registry:8080/apis/ccompat/v7}
     */
    public HttpSchemaRegistry(URI base) {
        String text = base.toString();
        this.base = URI.create(text.endsWith("/") ? text : text + "/");
    }

    /**
     * Makes sure that a registry answers there.
     *
     * @throws TideScopeException UNAVAILABLE when none does
     */
    public void check() {
        HttpRequest request = request("subjects").GET().build();
        if (!answer(request).isArray()) {
            throw unexpected(request, "what is no list of subjects");
        }
    }

    @Override
    public int register(String subject, Schema schema) {
        Registration registration = new Registration(subject, schema.toString());
        Integer known = ids.get(registration);
        if (known != null) {
            return known;
        }
        String path =
                "subjects/%s/versions"
                        .formatted(
                                URLEncoder.encode(subject, StandardCharsets.UTF_8)
                                        .replace("+", "%20"));
        String body = JSON.createObjectNode().put("schema", registration.schema()).toString();
        HttpRequest request =
                request(path)
                        .header("Content-Type", CONTENT_TYPE)
                        .POST(BodyPublishers.ofString(body))
                        .build();
        JsonNode id = answer(request).path("id");
        if (!id.canConvertToInt() || !id.isIntegralNumber()) {
            throw unexpected(request, "an answer without an id");
        }
        ids.put(registration, id.intValue());
        return id.intValue();
    }

    @Override
    public Schema read(int id) {
        Schema known = schemas.get(id);
        if (known != null) {
            return known;
        }
        HttpRequest request = request("schemas/ids/" + id).GET().build();
        String text = answer(request).path("schema").asText();
        try {
            Schema schema = new Schema.Parser().parse(text);
            schemas.put(id, schema);
            return schema;
        } catch (AvroRuntimeException e) {
            throw unexpected(request, "what is not an Avro schema: " + e.getMessage());
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(base.resolve(path))
                .timeout(REQUEST_TIMEOUT)
                .header("Accept", CONTENT_TYPE + ", application/json");
    }

    /** Asks until there is an answer that another attempt would not change, or none are left. */
    private JsonNode answer(HttpRequest request) {
        Duration pause = FIRST_PAUSE;
        for (int attempt = 1; ; attempt++) {
            TideScopeException failure;
            try {
                HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
                if (response.statusCode() == 200) {
                    return JSON.readTree(response.body());
                }
                failure = failure(request, response);
            } catch (JsonProcessingException e) {
                throw unexpected(request, "what is not JSON");
            } catch (IOException e) {
                failure =
                        new TideScopeException(
                                ErrorCode.UNAVAILABLE,
                                "the schema registry at %s does not answer: %s; is it running, and is the address right?"
                                        .formatted(base, e),
                                e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new TideScopeException(
                        ErrorCode.UNAVAILABLE,
                        "interrupted while the schema registry at %s was asked".formatted(base),
                        e);
            }
            if (failure.code() != ErrorCode.UNAVAILABLE || attempt == ATTEMPTS) {
                throw failure;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(pause.toMillis()));
            pause = pause.multipliedBy(2);
        }
    }

    private TideScopeException failure(HttpRequest request, HttpResponse<String> response) {
        int status = response.statusCode();
        ErrorCode code =
                switch (status) {
                    // Without the registry's own code it is something in between that answers.
                    case 404 -> isAnswer(response) ? ErrorCode.NOT_FOUND : ErrorCode.UNAVAILABLE;
                    case 409, 422 -> ErrorCode.INVALID_ARGUMENT;
                    case 401, 403 -> ErrorCode.UNAUTHENTICATED;
                    case 408, 429 -> ErrorCode.UNAVAILABLE;
                    default -> status >= 500 ? ErrorCode.UNAVAILABLE : ErrorCode.INTERNAL;
                };
        return new TideScopeException(
                code,
                "the schema registry answered %s %s with %d: %s"
                        .formatted(
                                request.method(), request.uri(), status, message(response.body())));
    }

    private static boolean isAnswer(HttpResponse<String> response) {
        try {
            return JSON.readTree(response.body()).path("error_code").isNumber();
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    private static String message(String body) {
        try {
            return JSON.readTree(body).path("message").asText(body);
        } catch (JsonProcessingException e) {
            return body;
        }
    }

    private static TideScopeException unexpected(HttpRequest request, String what) {
        return new TideScopeException(
                ErrorCode.UNAVAILABLE,
                "%s answered with %s; is it a schema registry?".formatted(request.uri(), what));
    }
}
