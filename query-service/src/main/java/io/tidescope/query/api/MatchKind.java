package io.tidescope.query.api;

import io.tidescope.store.query.NameMatch;

/** The ways a symbol query can compare names. */
enum MatchKind {
    EXACT;

    NameMatch match(String text) {
        return switch (this) {
            case EXACT -> new NameMatch.Exact(text);
        };
    }
}
