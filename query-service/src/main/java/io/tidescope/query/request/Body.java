package io.tidescope.query.request;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.tidescope.schemas.TideScopeException;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A JSON object as a request's body: its keys are the endpoint's parameters, and their values have
 * the type that the parameter's schema tells. What a string or number says is the parameter's text,
 * and a list or an object is so as JSON.
 */
public final class Body {
    private static final String NAME = "body";

    /** Many more than the largest rule has: each takes many times its bytes once it is read. */
    private static final long MAX_TOKENS = 20_000;

    private static final ObjectMapper JSON =
            new ObjectMapper(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxTokenCount(MAX_TOKENS)
                                                    .build())
                                    .build())
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

    private Body() {}

    /**
     * Reads the parameters of a request from its body.
     *
     * @param contentType the body's type; null when the request does not say
     * @throws TideScopeException INVALID_ARGUMENT as {@link Arguments#read} throws it, or when the
     *     body is no JSON object
     */
    public static Arguments read(
            List<Parameter<?>> declared, @Nullable String contentType, byte[] body) {
        String type = contentType == null ? "" : contentType.split(";", 2)[0];
        if (!type.strip().toLowerCase(Locale.ROOT).equals("application/json")) {
            throw TideScopeException.invalid(
                    "Content-Type", "The body must be JSON, with Content-Type: application/json.");
        }
        Map<String, List<String>> texts = new HashMap<>();
        for (Map.Entry<String, JsonNode> field : object(body).properties()) {
            texts.put(field.getKey(), List.of(text(field.getKey(), field.getValue(), declared)));
        }
        return Arguments.read(declared, texts);
    }

    /** A list or object whose text is a parameter's. */
    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("was written as JSON", e);
        }
    }

    private static JsonNode object(byte[] body) {
        JsonNode object;
        try {
            object = JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw TideScopeException.invalid(
                    NAME,
                    "The body is not JSON: %s".formatted(Quoted.shortened(e.getOriginalMessage())));
        } catch (IOException e) {
            throw new IllegalStateException("an array does not fail", e);
        }
        if (!object.isObject()) {
            throw TideScopeException.invalid(NAME, "The body must be a JSON object.");
        }
        return object;
    }

    private static String text(String name, JsonNode value, List<Parameter<?>> declared) {
        for (Parameter<?> parameter : declared) {
            Object type = parameter.form().schema().get("type");
            if (parameter.name().equals(name) && !type(value).equals(type)) {
                throw TideScopeException.invalid(
                        name, "%s must be of type %s, not %s.".formatted(name, type, type(value)));
            }
        }
        return value.isContainerNode() ? value.toString() : value.asText();
    }

    private static String type(JsonNode value) {
        return switch (value.getNodeType()) {
            case ARRAY -> "array";
            case BOOLEAN -> "boolean";
            case NUMBER -> value.isIntegralNumber() ? "integer" : "number";
            case OBJECT, POJO -> "object";
            case STRING, BINARY -> "string";
            case NULL, MISSING -> "null";
        };
    }
}
