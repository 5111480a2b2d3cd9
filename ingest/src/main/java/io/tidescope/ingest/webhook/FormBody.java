package io.tidescope.ingest.webhook;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/**
 * The form in which GitHub and Gitea can be told to send their JSON: {@code
 * application/x-www-form-urlencoded} with the one field {@code payload}.
 */
final class FormBody {
    private static final String FIELD = "payload=";

    private FormBody() {}

    /** The JSON out of the form, byte by byte; the body itself when it is no such form. */
    static byte[] json(byte[] body) {
        // Latin-1 has a character for every byte, so that no byte is changed on the way.
        String text = new String(body, StandardCharsets.ISO_8859_1);
        if (!text.startsWith(FIELD)) {
            return body;
        }
        try {
            return URLDecoder.decode(text.substring(FIELD.length()), StandardCharsets.ISO_8859_1)
                    .getBytes(StandardCharsets.ISO_8859_1);
        } catch (IllegalArgumentException e) {
            return body; // a percent sign without its two digits
        }
    }
}
