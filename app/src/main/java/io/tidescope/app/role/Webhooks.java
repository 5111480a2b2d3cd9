package io.tidescope.app.role;

import io.tidescope.ingest.webhook.Webhook;
import io.tidescope.ingest.webhook.WebhookProvider;
import io.tidescope.ingest.webhook.WebhookResult;
import io.tidescope.query.http.WebhookReceiver;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/** Has a repository looked at when its code host proves that something was pushed. */
public final class Webhooks implements WebhookReceiver {
    private static final Logger log = LoggerFactory.getLogger(Webhooks.class);

    /** What {@link Webhook} looks at. */
    private static final List<String> HEADERS =
            List.of(
                    "X-Hub-Signature-256",
                    "X-GitHub-Event",
                    "X-Forgejo-Signature",
                    "X-Gitea-Signature",
                    "X-Gitea-Event",
                    "X-Gitlab-Token",
                    "webhook-signature",
                    "webhook-id",
                    "webhook-timestamp");

    private final String secret;
    private final Consumer<String> poke;

    /**
     * @param secret what was entered at the code host
     * @param poke has a repository looked at, by its name
     */
    public Webhooks(String secret, Consumer<String> poke) {
        this.secret = secret;
        this.poke = poke;
    }

    @Override
    public void receive(String forge, Function<String, @Nullable String> header, byte[] body) {
        Map<String, String> headers = new HashMap<>();
        for (String name : HEADERS) {
            String value = header.apply(name);
            if (value != null) {
                headers.put(name, value);
            }
        }
        switch (Webhook.verify(provider(forge), headers, body, secret)) {
            case WebhookResult.Push(String repository, String ref) -> {
                log.atInfo()
                        .addKeyValue("repository", repository)
                        .addKeyValue("ref", ref)
                        .log("A webhook told of a push");
                poke.accept(repository);
            }
            case WebhookResult.Ignored(String reason) -> log.atDebug().log(reason);
            case WebhookResult.Unauthenticated(String reason) ->
                    throw new TideScopeException(ErrorCode.UNAUTHENTICATED, reason);
            case WebhookResult.Malformed(String reason) ->
                    throw new TideScopeException(ErrorCode.INVALID_ARGUMENT, reason);
        }
    }

    private static WebhookProvider provider(String forge) {
        for (WebhookProvider provider : WebhookProvider.values()) {
            if (provider.name().toLowerCase(Locale.ROOT).equals(forge)) {
                return provider;
            }
        }
        throw new TideScopeException(
                ErrorCode.NOT_FOUND,
                "webhooks of '" + forge + "' are not known; there are github, gitlab and gitea");
    }
}
