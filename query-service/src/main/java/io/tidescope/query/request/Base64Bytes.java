package io.tidescope.query.request;

import io.tidescope.schemas.TideScopeException;

import java.util.Base64;
import java.util.Map;

/**
 * Bytes of any kind, in Base64.
 *
 * @param maxBytes bytes that they are at most
 */
public record Base64Bytes(int maxBytes) implements Form<byte[]> {
    @Override
    public byte[] parse(String parameter, String text) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw TideScopeException.invalid(
                    parameter,
                    "%s must be bytes in Base64: %s."
                            .formatted(
                                    parameter, Quoted.shortened(String.valueOf(e.getMessage()))));
        }
        if (bytes.length > maxBytes) {
            throw TideScopeException.invalid(
                    parameter,
                    "%s has %d bytes; at most %d are allowed."
                            .formatted(parameter, bytes.length, maxBytes));
        }
        return bytes;
    }

    @Override
    public Map<String, Object> schema() {
        return Map.of("type", "string", "contentEncoding", "base64");
    }
}
