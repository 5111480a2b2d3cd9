package io.tidescope.query.http;

import io.javalin.http.Context;
import io.javalin.http.Handler;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Serves the description of the API. */
final class OpenApiHandler implements Handler {
    static final String PATH = "/openapi.json";

    private static final String RESOURCE = "openapi.json";

    private final byte[] document;
    private final SlowReaders readers;

    OpenApiHandler(SlowReaders readers) {
        this.readers = readers;
        try (InputStream resource = OpenApiHandler.class.getResourceAsStream(RESOURCE)) {
            if (resource == null) {
                throw new IllegalStateException(RESOURCE + " is not packaged");
            }
            document = resource.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void handle(Context context) throws IOException {
        context.contentType("application/json");
        readers.write(context, document);
    }
}
