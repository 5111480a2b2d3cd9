package io.tidescope.query.http;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A file of the web page as it is packaged. Browsers keep it, and ask each time whether it is still
 * the same.
 */
final class WebFile {
    /** Only what is served here, no frame around it, and no text that becomes markup. */
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
                    + " img-src 'self' data:; base-uri 'none'; form-action 'none';"
                    + " frame-ancestors 'none'; require-trusted-types-for 'script';"
                    + " trusted-types 'none'";

    private static final String DIRECTORY = "ui/";
    private static final int TAG_BYTES = 16;

    private final byte[] content;
    private final String contentType;
    private final String tag;

    private WebFile(byte[] content, String contentType) {
        this.content = content;
        this.contentType = contentType;
        tag = '"' + HexFormat.of().formatHex(digest(content), 0, TAG_BYTES) + '"';
    }

    /**
     * @throws IllegalStateException when it is not packaged
     */
    static WebFile read(String name, String contentType) {
        return find(name, contentType)
                .orElseThrow(() -> new IllegalStateException(name + " is not packaged"));
    }

    /**
     * @param name of a file below {@code ui}; whoever lets callers say it makes sure that it is one
     */
    static Optional<WebFile> find(String name, String contentType) {
        try (InputStream resource = WebFile.class.getResourceAsStream(DIRECTORY + name)) {
            return resource == null
                    ? Optional.empty()
                    : Optional.of(new WebFile(resource.readAllBytes(), contentType));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] digest(byte[] content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    void handle(Context context, SlowReaders readers) throws IOException {
        context.header("Content-Security-Policy", POLICY);
        context.header("Cache-Control", "no-cache");
        context.header("ETag", tag);
        if (isKept(context.header("If-None-Match"))) {
            context.status(HttpStatus.NOT_MODIFIED);
            return;
        }
        context.contentType(contentType);
        readers.write(context, content);
    }

    private boolean isKept(@Nullable String known) {
        return known != null
                && Arrays.stream(known.split(","))
                        .map(String::strip)
                        .map(each -> each.startsWith("W/") ? each.substring(2) : each)
                        .anyMatch(each -> each.equals(tag) || each.equals("*"));
    }
}
