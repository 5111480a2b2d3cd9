package io.tidescope.query.http;

import org.jspecify.annotations.Nullable;

/**
 * Who hears about changes, where the process that serves the API also ingests; null where it does
 * not, and the API then has no such path.
 */
public record Receivers(@Nullable PokeReceiver pokes, @Nullable WebhookReceiver webhooks) {
    public static final Receivers NONE = new Receivers(null, null);
}
