package io.tidescope.query.http;

import io.javalin.http.ContentTooLargeResponse;
import io.javalin.http.Context;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Reads the bodies of requests: so many bytes at most, and not too slowly. A body may take some
 * time in all, and then some more for what came meanwhile; the server itself gives up on one that
 * stands still.
 */
final class RequestBody {
    /** The detail of a refusal that says how many bytes a body may have. */
    static final String MOST = "most";

    private static final int CHUNK = 16 * 1024;

    private RequestBody() {}

    /**
     * All of it.
     *
     * @param most bytes, {@link HttpSettings#MAX_BODY_BYTES} or less
     * @throws ContentTooLargeResponse when it is larger
     * @throws UnfinishedRequestException when it does not come, or not in time
     */
    static byte[] read(Context context, int most) throws UnfinishedRequestException {
        if (context.req().getContentLengthLong() > most) {
            throw tooLarge(most);
        }
        try {
            return read(
                    context.req().getInputStream(),
                    most,
                    HttpSettings.BODY_PATIENCE,
                    HttpSettings.LEAST_BYTES_PER_SECOND,
                    System::nanoTime);
        } catch (IOException e) {
            throw new UnfinishedRequestException(e);
        }
    }

    static byte[] read(
            InputStream body,
            int most,
            Duration patience,
            int bytesPerSecond,
            LongSupplier nanoTime)
            throws IOException {
        long begin = nanoTime.getAsLong();
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        byte[] chunk = new byte[CHUNK];
        for (int length = body.read(chunk); length >= 0; length = body.read(chunk)) {
            read.write(chunk, 0, length);
            if (read.size() > most) {
                throw tooLarge(most);
            }
            long allowed = patience.toNanos() + read.size() * 1_000_000_000L / bytesPerSecond;
            if (nanoTime.getAsLong() - begin > allowed) {
                throw new IOException("the body comes too slowly");
            }
        }
        return read.toByteArray();
    }

    private static ContentTooLargeResponse tooLarge(int most) {
        return new ContentTooLargeResponse("too large", Map.of(MOST, Integer.toString(most)));
    }
}
