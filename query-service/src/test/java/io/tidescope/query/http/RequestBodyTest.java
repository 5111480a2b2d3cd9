package io.tidescope.query.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.javalin.http.ContentTooLargeResponse;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

class RequestBodyTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int BYTES_PER_SECOND = 1_000;

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE);

    @Test
    void aBodyIsReadToItsEnd() throws IOException {
        byte[] body = new byte[100_000];
        body[99_999] = 1;

        assertThat(read(new ByteArrayInputStream(body), 100_000)).isEqualTo(body);
    }

    @Test
    void oneByteMoreThanAllowedIsRefused() {
        InputStream body = new ByteArrayInputStream(new byte[100_001]);

        assertThatThrownBy(() -> read(body, 100_000)).isInstanceOf(ContentTooLargeResponse.class);
    }

    @Test
    void aBodyThatComesTooSlowlyIsNotWaitedFor() {
        AtomicLong came = new AtomicLong();

        assertThatThrownBy(() -> read(aChunkEachSecond(came, BYTES_PER_SECOND / 2), 1_000_000))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("too slowly");
        // Half a second was won for each that passed.
        assertThat(came.get()).isEqualTo(2 * PATIENCE.toSeconds() + 1);
    }

    @Test
    void aBodyThatComesAsFastAsItMustMayTakeItsTime() throws IOException {
        AtomicLong came = new AtomicLong();

        assertThat(read(aChunkEachSecond(came, BYTES_PER_SECOND), 1_000_000)).hasSize(100_000);
    }

    /** A hundred of them. */
    private InputStream aChunkEachSecond(AtomicLong came, int size) {
        return new InputStream() {
            @Override
            public int read() {
                throw new UnsupportedOperationException();
            }

            @Override
            public int read(byte[] bytes, int start, int length) {
                if (came.incrementAndGet() > 100) {
                    return -1;
                }
                nanos.addAndGet(Duration.ofSeconds(1).toNanos());
                return size;
            }
        };
    }

    private byte[] read(InputStream body, int most) throws IOException {
        return RequestBody.read(body, most, PATIENCE, BYTES_PER_SECOND, nanos::get);
    }
}
