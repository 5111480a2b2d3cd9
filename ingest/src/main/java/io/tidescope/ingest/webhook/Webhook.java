package io.tidescope.ingest.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Verifies and reads the requests with which code hosts tell of a push.
 *
 * <p>The signature is checked before anything that it covers is read: GitHub signs the body, be it
 * JSON or a form, Gitea always the JSON, and GitLab knows no forms. Requests may be replayed: all
 * that a push leads to is a look at the repository.
 *
 * @see <a href="https://docs.github.com/webhooks/using-webhooks/validating-webhook-deliveries">
 *     GitHub</a>
 * @see <a href="https://docs.gitlab.com/user/project/integrations/webhooks/">GitLab</a>
 * @see <a href="https://docs.gitea.com/usage/webhooks">Gitea</a>
 * @see <a href="https://www.standardwebhooks.com/">Standard Webhooks, GitLab's newer signing</a>
 */
public final class Webhook {
    /** GitHub's own limit on what it sends. */
    public static final int MAX_BODY_BYTES = 25 * 1024 * 1024;

    private static final String GITHUB_PREFIX = "sha256=";
    private static final String STANDARD_PREFIX = "v1,";
    private static final Set<String> GITLAB_PUSHES = Set.of("push", "tag_push");
    private static final ObjectMapper JSON = new ObjectMapper();

    private Webhook() {}

    /**
     * What a request means, once its sender is proven.
     *
     * @param headers the request's, names in any case
     * @param body as received, at most {@link #MAX_BODY_BYTES}
     * @param secret what was entered at the host; a blank one authenticates nobody
     */
    public static WebhookResult verify(
            WebhookProvider provider, Map<String, String> headers, byte[] body, String secret) {
        if (body.length > MAX_BODY_BYTES) {
            return new WebhookResult.Malformed(
                    "the body has " + body.length + " bytes; at most " + MAX_BODY_BYTES);
        }
        if (secret.isBlank()) {
            return new WebhookResult.Unauthenticated(
                    "no secret is configured for webhooks; set one here and at the host");
        }
        Map<String, String> known = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        known.putAll(headers);
        String flaw =
                switch (provider) {
                    case GITHUB -> githubFlaw(known, body, secret);
                    case GITLAB -> gitlabFlaw(known, body, secret);
                    case GITEA -> giteaFlaw(known, FormBody.json(body), secret);
                };
        return flaw == null ? read(provider, known, body) : new WebhookResult.Unauthenticated(flaw);
    }

    private static @Nullable String githubFlaw(
            Map<String, String> headers, byte[] body, String secret) {
        String given = headers.get("X-Hub-Signature-256");
        if (given == null) {
            return "X-Hub-Signature-256 is missing; enter the secret at GitHub";
        }
        return Signatures.same(GITHUB_PREFIX + Signatures.hex(secret, body), given)
                ? null
                : "X-Hub-Signature-256 does not match the secret";
    }

    private static @Nullable String giteaFlaw(
            Map<String, String> headers, byte[] json, String secret) {
        String given = headers.get("X-Forgejo-Signature");
        if (given == null) {
            given = headers.get("X-Gitea-Signature");
        }
        if (given == null) {
            return "X-Gitea-Signature is missing; enter the secret at Gitea";
        }
        return Signatures.same(Signatures.hex(secret, json), given.toLowerCase(Locale.ROOT))
                ? null
                : "X-Gitea-Signature does not match the secret";
    }

    /** A signature, when there is one, decides; the plain token is GitLab's older way. */
    private static @Nullable String gitlabFlaw(
            Map<String, String> headers, byte[] body, String secret) {
        String signatures = headers.get("webhook-signature");
        if (signatures != null) {
            String expected =
                    STANDARD_PREFIX
                            + Signatures.standard(
                                    secret,
                                    headers.getOrDefault("webhook-id", ""),
                                    headers.getOrDefault("webhook-timestamp", ""),
                                    body);
            boolean matches = false;
            for (String given : signatures.split(" ")) {
                matches |= Signatures.same(expected, given);
            }
            return matches ? null : "webhook-signature does not match the secret";
        }
        String token = headers.get("X-Gitlab-Token");
        if (token == null) {
            return "X-Gitlab-Token is missing; enter the secret token at GitLab";
        }
        return Signatures.same(secret, token) ? null : "X-Gitlab-Token is not the secret";
    }

    private static WebhookResult read(
            WebhookProvider provider, Map<String, String> headers, byte[] body) {
        JsonNode payload;
        try {
            payload = JSON.readTree(FormBody.json(body));
        } catch (IOException e) {
            return new WebhookResult.Malformed("the body is not JSON: " + e.getMessage());
        }
        String event =
                switch (provider) {
                    case GITHUB -> headers.getOrDefault("X-GitHub-Event", "");
                    case GITEA -> headers.getOrDefault("X-Gitea-Event", "");
                    case GITLAB -> payload.path("object_kind").asText(gitlabEvent(payload));
                };
        boolean push =
                provider == WebhookProvider.GITLAB
                        ? GITLAB_PUSHES.contains(event)
                        : event.equals("push");
        if (!push) {
            return new WebhookResult.Ignored("nothing to do for the event \"" + event + "\"");
        }
        String repository =
                provider == WebhookProvider.GITLAB
                        ? payload.path("project").path("path_with_namespace").asText()
                        : payload.path("repository").path("full_name").asText();
        String ref = payload.path("ref").asText();
        if (repository.isEmpty() || !ref.startsWith("refs/")) {
            return new WebhookResult.Malformed(
                    "the push names no repository or no full ref, but \"" + ref + "\"");
        }
        return new WebhookResult.Push(repository, ref);
    }

    /** System hooks name their event otherwise. */
    private static String gitlabEvent(JsonNode payload) {
        return payload.path("event_name").asText();
    }
}
