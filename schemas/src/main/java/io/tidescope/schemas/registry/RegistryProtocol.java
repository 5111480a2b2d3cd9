package io.tidescope.schemas.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.schemas.registry.RegistryRecord.SchemaVersion;

import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * The part of Confluent's Schema Registry protocol that clients use, as a function from requests to
 * replies: subjects, versions, ids, compatibility. Avro only, and nothing is ever deleted.
 */
final class RegistryProtocol {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final int SUBJECT_NOT_FOUND = 40401;
    private static final int VERSION_NOT_FOUND = 40402;
    private static final int SCHEMA_NOT_FOUND = 40403;
    private static final int SUBJECT_LEVEL_NOT_FOUND = 40408;
    private static final int INCOMPATIBLE = 409;
    private static final int INVALID_SCHEMA = 42201;
    private static final int INVALID_VERSION = 42202;
    private static final int INVALID_LEVEL = 42203;

    private final Subjects subjects;
    private final List<Route> routes =
            List.of(
                    new Route("GET", "/", request -> new Reply(200, JSON.createObjectNode())),
                    new Route("GET", "/schemas/types", request -> texts(List.of("AVRO"))),
                    new Route("GET", "/schemas/ids/{}", this::schema),
                    new Route("GET", "/subjects", request -> texts(names())),
                    new Route("POST", "/subjects/{}", this::lookUp),
                    new Route("GET", "/subjects/{}/versions", this::versions),
                    new Route("POST", "/subjects/{}/versions", this::register),
                    new Route("GET", "/subjects/{}/versions/{}", this::version),
                    new Route("GET", "/config", this::level),
                    new Route("PUT", "/config", this::setLevel),
                    new Route("GET", "/config/{}", this::level),
                    new Route("PUT", "/config/{}", this::setLevel),
                    new Route(
                            "POST", "/compatibility/subjects/{}/versions", this::compatibleWithAll),
                    new Route(
                            "POST",
                            "/compatibility/subjects/{}/versions/{}",
                            this::compatibleWithOne));

    RegistryProtocol(Subjects subjects) {
        this.subjects = subjects;
    }

    /** An answer; the status of an error is the first three digits of its code. */
    record Reply(int status, JsonNode body) {}

    /** A request that matched a route: the variable segments of its path, its query, its body. */
    private record Request(List<String> segments, String query, JsonNode body) {
        String subject() {
            return segments.getFirst();
        }

        boolean asks(String parameter) {
            return List.of(query.split("&")).contains(parameter + "=true");
        }
    }

    /** What answers requests of one method to paths of one form. */
    private record Route(String method, Pattern path, Function<Request, Reply> handler) {
        Route(String method, String path, Function<Request, Reply> handler) {
            this(method, Pattern.compile(path.replace("{}", "([^/]+)") + "/?"), handler);
        }
    }

    static Reply error(int code, String message) {
        int status = code < 1000 ? code : code / 100;
        return new Reply(
                status, JSON.createObjectNode().put("error_code", code).put("message", message));
    }

    Reply answer(String method, URI uri, byte[] body) {
        boolean known = false;
        for (Route route : routes) {
            Matcher path = route.path().matcher(uri.getRawPath());
            if (path.matches()) {
                known = true;
                if (route.method().equals(method)) {
                    return answer(route, path, uri, body);
                }
            }
        }
        return known
                ? error(405, "HTTP 405 Method Not Allowed")
                : error(404, "HTTP 404 Not Found: " + uri.getPath());
    }

    private static Reply answer(Route route, Matcher path, URI uri, byte[] body) {
        List<String> segments =
                IntStream.rangeClosed(1, path.groupCount())
                        .mapToObj(path::group)
                        .map(RegistryProtocol::decoded)
                        .toList();
        JsonNode json;
        try {
            json = JSON.readTree(body);
        } catch (IOException e) {
            return error(400, "the request is not JSON: " + e.getMessage());
        }
        return route.handler()
                .apply(new Request(segments, Optional.ofNullable(uri.getQuery()).orElse(""), json));
    }

    private List<String> names() {
        return subjects.names();
    }

    private Reply schema(Request request) {
        return number(request.segments().getFirst())
                .flatMap(subjects::findSchema)
                .map(schema -> new Reply(200, JSON.createObjectNode().put("schema", text(schema))))
                .orElseGet(
                        () ->
                                error(
                                        SCHEMA_NOT_FOUND,
                                        "Schema %s not found"
                                                .formatted(request.segments().getFirst())));
    }

    private Reply lookUp(Request request) {
        return withSchema(
                request,
                schema -> {
                    if (subjects.versions(request.subject()).isEmpty()) {
                        return subjectNotFound(request);
                    }
                    return subjects.findVersion(request.subject(), schema)
                            .map(version -> new Reply(200, json(version)))
                            .orElseGet(() -> error(SCHEMA_NOT_FOUND, "Schema not found"));
                });
    }

    private Reply versions(Request request) {
        List<SchemaVersion> versions = subjects.versions(request.subject());
        if (versions.isEmpty()) {
            return subjectNotFound(request);
        }
        ArrayNode numbers = JSON.createArrayNode();
        versions.forEach(version -> numbers.add(version.version()));
        return new Reply(200, numbers);
    }

    private Reply register(Request request) {
        return withSchema(
                request,
                schema -> {
                    try {
                        int id = subjects.register(request.subject(), schema);
                        return new Reply(200, JSON.createObjectNode().put("id", id));
                    } catch (TideScopeException e) {
                        if (e.code() == ErrorCode.INVALID_ARGUMENT) {
                            return error(INCOMPATIBLE, String.valueOf(e.getMessage()));
                        }
                        throw e;
                    }
                });
    }

    private Reply version(Request request) {
        return withVersion(request, version -> new Reply(200, json(version)));
    }

    private Reply level(Request request) {
        String subject = request.segments().isEmpty() ? null : request.subject();
        Optional<CompatibilityLevel> level = subjects.findLevel(subject);
        if (level.isEmpty() && (subject == null || request.asks("defaultToGlobal"))) {
            level = subjects.findLevel(null).or(() -> Optional.of(CompatibilityLevel.DEFAULT));
        }
        return level.map(
                        found ->
                                new Reply(
                                        200,
                                        JSON.createObjectNode()
                                                .put("compatibilityLevel", found.name())))
                .orElseGet(
                        () ->
                                error(
                                        SUBJECT_LEVEL_NOT_FOUND,
                                        "Subject '%s' does not have subject-level compatibility configured"
                                                .formatted(subject)));
    }

    private Reply setLevel(Request request) {
        String name = request.body().path("compatibility").asText();
        for (CompatibilityLevel level : CompatibilityLevel.values()) {
            if (level.name().equals(name)) {
                subjects.setLevel(request.segments().isEmpty() ? null : request.subject(), level);
                return new Reply(200, JSON.createObjectNode().put("compatibility", name));
            }
        }
        return error(
                INVALID_LEVEL,
                "Invalid compatibility level '%s'. Valid values are %s"
                        .formatted(name, List.of(CompatibilityLevel.values())));
    }

    private Reply compatibleWithAll(Request request) {
        return withSchema(
                request,
                schema -> compatibility(request, schema, subjects.versions(request.subject())));
    }

    private Reply compatibleWithOne(Request request) {
        return withVersion(
                request,
                version ->
                        withSchema(
                                request,
                                schema -> compatibility(request, schema, List.of(version))));
    }

    private Reply compatibility(Request request, Schema schema, List<SchemaVersion> versions) {
        List<String> problems = subjects.problems(request.subject(), schema, versions);
        ObjectNode reply = JSON.createObjectNode().put("is_compatible", problems.isEmpty());
        if (request.asks("verbose")) {
            problems.forEach(reply.putArray("messages")::add);
        }
        return new Reply(200, reply);
    }

    private Reply withVersion(Request request, Function<SchemaVersion, Reply> handler) {
        List<SchemaVersion> versions = subjects.versions(request.subject());
        String wanted = request.segments().get(1);
        if (versions.isEmpty()) {
            return subjectNotFound(request);
        }
        if (wanted.equals("latest") || wanted.equals("-1")) {
            return handler.apply(versions.getLast());
        }
        Optional<Integer> number = number(wanted).filter(value -> value > 0);
        if (number.isEmpty()) {
            return error(
                    INVALID_VERSION,
                    "The specified version '%s' is not a valid version id".formatted(wanted));
        }
        return versions.stream()
                .filter(version -> version.version() == number.get())
                .findFirst()
                .map(handler)
                .orElseGet(
                        () -> error(VERSION_NOT_FOUND, "Version %s not found.".formatted(wanted)));
    }

    private static Reply withSchema(Request request, Function<Schema, Reply> handler) {
        String type = request.body().path("schemaType").asText("AVRO");
        if (!type.equals("AVRO") || !request.body().path("references").isEmpty()) {
            return error(
                    INVALID_SCHEMA, "only Avro schemas without references are kept, not " + type);
        }
        Schema schema;
        try {
            schema = new Schema.Parser().parse(request.body().path("schema").asText());
        } catch (AvroRuntimeException e) {
            return error(INVALID_SCHEMA, "Invalid schema: " + e.getMessage());
        }
        return handler.apply(schema);
    }

    private static Reply subjectNotFound(Request request) {
        return error(SUBJECT_NOT_FOUND, "Subject '%s' not found.".formatted(request.subject()));
    }

    private static ObjectNode json(SchemaVersion version) {
        return JSON.createObjectNode()
                .put("subject", version.subject())
                .put("id", version.id())
                .put("version", version.version())
                .put("schema", text(version.schema()));
    }

    private static Reply texts(List<String> texts) {
        ArrayNode array = JSON.createArrayNode();
        texts.forEach(array::add);
        return new Reply(200, array);
    }

    private static String text(Schema schema) {
        return schema.toString();
    }

    private static Optional<Integer> number(String text) {
        try {
            return Optional.of(Integer.parseInt(text));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static String decoded(String segment) {
        return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
