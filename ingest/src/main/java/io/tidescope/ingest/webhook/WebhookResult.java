package io.tidescope.ingest.webhook;

/** What a webhook's request means. */
public sealed interface WebhookResult {

    /**
     * A ref was pushed, created or deleted.
     *
     * @param repository full name at the host, such as {@code owner/name}
     * @param ref full name, such as {@code refs/heads/main}
     */
    record Push(String repository, String ref) implements WebhookResult {}

    /** Proven, and about nothing that moves a ref, such as a ping. */
    record Ignored(String reason) implements WebhookResult {}

    /** The sender did not prove that it knows the secret. */
    record Unauthenticated(String reason) implements WebhookResult {}

    /** Proven, or too large to look at, and not understood. */
    record Malformed(String reason) implements WebhookResult {}
}
