package io.tidescope.query.http;

import org.jspecify.annotations.Nullable;

import java.util.function.Function;

/** Hears what a forge tells about its repositories. Returns at once. */
@FunctionalInterface
public interface WebhookReceiver {
    /**
     * Checks the signature and acts on the message.
     *
     * @param forge {@code github}, {@code gitlab} or {@code gitea}
     * @param header a request header by its name, in any case; null when there is none
     * @param body as it came, at most {@link HttpSettings#MAX_BODY_BYTES}
     * @throws io.tidescope.schemas.TideScopeException NOT_FOUND for a forge or repository that is
     *     not tracked here, UNAUTHENTICATED, INVALID_ARGUMENT
     */
    void receive(String forge, Function<String, @Nullable String> header, byte[] body);
}
