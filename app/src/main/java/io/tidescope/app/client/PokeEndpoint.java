package io.tidescope.app.client;

import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Where pokes are taken, if they are. */
public final class PokeEndpoint {
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final int NOT_FOUND = 404;

    private PokeEndpoint() {}

    /**
     * Looks at an address without poking.
     *
     * @return whether pokes are taken there; false when nobody answers, who may come later
     * @throws TideScopeException PRECONDITION_FAILED when somebody answers who takes none
     */
    public static boolean look(URI poke) throws InterruptedException {
        try (HttpClient http = HttpClient.newBuilder().connectTimeout(LIMIT).build()) {
            // Nothing is read there: who knows the path says that it is not to be got.
            int status =
                    http.send(
                                    HttpRequest.newBuilder(poke).timeout(LIMIT).build(),
                                    BodyHandlers.discarding())
                            .statusCode();
            if (status == NOT_FOUND) {
                throw new TideScopeException(
                        ErrorCode.PRECONDITION_FAILED,
                        "nobody takes pokes at %s; say with --url where 'tidescope up' or the ingest role answers, for a gateway takes none"
                                .formatted(poke));
            }
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
