package io.tidescope.ingest.webhook;

/** A code host whose webhooks are understood. */
public enum WebhookProvider {
    GITHUB,
    GITLAB,
    /** Forgejo too. */
    GITEA
}
