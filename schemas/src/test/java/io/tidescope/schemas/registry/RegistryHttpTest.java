package io.tidescope.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;

import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;

import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

class RegistryHttpTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Schema V1 = Schemas.withField("a");
    private static final Schema INCOMPATIBLE = Schemas.withFields("a", "b");

    private final List<RegistryRecord> log = new ArrayList<>();
    private final RegistryHttp server = serve();
    private final HttpClient http = HttpClient.newHttpClient();
    private final HttpSchemaRegistry client = new HttpSchemaRegistry(server.uri());

    @AfterEach
    void close() {
        client.close();
        http.close();
        server.close();
    }

    @Test
    void aSchemaIsRegisteredOnceAndReadById() {
        int id = client.register("s-value", V1);

        assertThat(client.register("s-value", V1)).isEqualTo(id);
        assertThat(new HttpSchemaRegistry(server.uri()).read(id)).isEqualTo(V1);
        assertThat(log).hasSize(1);
    }

    @Test
    void theSameSchemaHasTheSameIdInEverySubject() {
        assertThat(client.register("s-value", V1)).isEqualTo(client.register("t-value", V1));
    }

    @Test
    void anIncompatibleSchemaIsRefused() {
        client.register("s-value", V1);

        assertThatThrownBy(() -> client.register("s-value", INCOMPATIBLE))
                .isInstanceOfSatisfying(
                        TideScopeException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT))
                .hasMessageContaining("409")
                .hasMessageContaining("FULL_TRANSITIVE");
    }

    @Test
    void anUnknownIdIsNotFound() {
        assertThatThrownBy(() -> client.read(77))
                .isInstanceOfSatisfying(
                        TideScopeException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_FOUND));
    }

    @Test
    void aRegistryThatDoesNotAnswerIsUnavailable() {
        server.close();

        assertThatThrownBy(() -> client.read(1))
                .isInstanceOfSatisfying(
                        TideScopeException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE));
    }

    /** A proxy's page says nothing about a schema: reading it as gone would end the reader. */
    @Test
    void aPageThatIsNoAnswerOfARegistryIsUnavailable() throws IOException {
        HttpServer proxy =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        byte[] page = "<h1>Not Found</h1>".getBytes(StandardCharsets.UTF_8);
        proxy.createContext(
                "/",
                exchange -> {
                    exchange.sendResponseHeaders(404, page.length);
                    exchange.getResponseBody().write(page);
                    exchange.close();
                });
        proxy.start();
        URI address = URI.create("http://127.0.0.1:" + proxy.getAddress().getPort());
        try (HttpSchemaRegistry behind = new HttpSchemaRegistry(address)) {
            assertThatThrownBy(() -> behind.read(1))
                    .isInstanceOfSatisfying(
                            TideScopeException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE));
        } finally {
            proxy.stop(0);
        }
    }

    @Test
    void subjectsAndVersionsAreListedAndRead() {
        client.register("with space/slash", V1);
        client.register("s-value", V1);

        assertThat(call("GET", "/subjects", "").body)
                .isEqualTo(json("[\"s-value\",\"with space/slash\"]"));
        assertThat(call("GET", "/subjects/with%20space%2Fslash/versions", "").body)
                .isEqualTo(json("[1]"));
        for (String version : List.of("1", "latest", "-1")) {
            JsonNode body = call("GET", "/subjects/s-value/versions/" + version, "").body;
            assertThat(body.path("version").asInt()).isEqualTo(1);
            assertThat(body.path("subject").asText()).isEqualTo("s-value");
            assertThat(new Schema.Parser().parse(body.path("schema").asText())).isEqualTo(V1);
        }
    }

    @Test
    void aSchemaIsLookedUpInItsSubject() {
        client.register("s-value", V1);

        assertThat(call("POST", "/subjects/s-value", request(V1)).body.path("id").asInt())
                .isEqualTo(1);
        assertError(call("POST", "/subjects/s-value", request(INCOMPATIBLE)), 404, 40403);
        assertError(call("POST", "/subjects/other", request(V1)), 404, 40401);
    }

    @Test
    void compatibilityIsCheckedWithoutRegistering() {
        client.register("s-value", V1);
        String path = "/compatibility/subjects/s-value/versions";

        assertThat(call("POST", path, request(V1)).body)
                .isEqualTo(json("{\"is_compatible\":true}"));
        JsonNode verbose = call("POST", path + "/latest?verbose=true", request(INCOMPATIBLE)).body;
        assertThat(verbose.path("is_compatible").asBoolean()).isFalse();
        assertThat(verbose.path("messages")).isNotEmpty();
        assertThat(log).hasSize(1);
    }

    @Test
    void levelsAreSetForAllAndForOneSubject() {
        assertThat(call("GET", "/config", "").body)
                .isEqualTo(json("{\"compatibilityLevel\":\"FULL_TRANSITIVE\"}"));
        assertError(call("GET", "/config/s-value", ""), 404, 40408);

        client.register("s-value", V1);
        call("PUT", "/config/s-value", "{\"compatibility\":\"NONE\"}");
        assertThat(client.register("s-value", INCOMPATIBLE)).isEqualTo(2);
        assertThat(call("GET", "/config/s-value", "").body)
                .isEqualTo(json("{\"compatibilityLevel\":\"NONE\"}"));
        assertThat(call("GET", "/config/other?defaultToGlobal=true", "").body)
                .isEqualTo(json("{\"compatibilityLevel\":\"FULL_TRANSITIVE\"}"));
    }

    @Test
    void badRequestsGetTheProtocolsErrorCodes() {
        client.register("s-value", V1);

        assertError(call("GET", "/subjects/none/versions", ""), 404, 40401);
        assertError(call("GET", "/subjects/s-value/versions/9", ""), 404, 40402);
        assertError(call("GET", "/subjects/s-value/versions/x", ""), 422, 42202);
        assertError(call("GET", "/schemas/ids/9", ""), 404, 40403);
        assertError(call("POST", "/subjects/s/versions", "{\"schema\":\"{\"}"), 422, 42201);
        assertError(
                call("POST", "/subjects/s/versions", "{\"schemaType\":\"JSON\",\"schema\":\"{}\"}"),
                422,
                42201);
        assertError(call("PUT", "/config", "{\"compatibility\":\"SOME\"}"), 422, 42203);
        assertError(call("POST", "/subjects/s/versions", "not json"), 400, 400);
        assertError(call("DELETE", "/subjects/s-value", ""), 405, 405);
        assertError(call("GET", "/nowhere", ""), 404, 404);
        assertError(call("POST", "/subjects/s/versions", "x".repeat(2_000_000)), 413, 413);
    }

    private record Answer(int status, JsonNode body) {}

    private Answer call(String method, String path, String body) {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(server.uri() + path))
                        .method(method, BodyPublishers.ofString(body))
                        .build();
        try {
            HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
            return new Answer(response.statusCode(), JSON.readTree(response.body()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void assertError(Answer answer, int status, int code) {
        assertThat(answer.status).isEqualTo(status);
        assertThat(answer.body.path("error_code").asInt()).isEqualTo(code);
        assertThat(answer.body.path("message").asText()).isNotBlank();
    }

    private static String request(Schema schema) {
        return JSON.createObjectNode().put("schema", schema.toString()).toString();
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private RegistryHttp serve() {
        try {
            RegistryHttp http =
                    RegistryHttp.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            http.serve(new Subjects(new RegistryState(), log::add));
            return http;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
