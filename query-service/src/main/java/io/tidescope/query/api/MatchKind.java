package io.tidescope.query.api;

import io.tidescope.store.query.NameMatch;

/** The ways a symbol query can compare names. */
enum MatchKind {
    EXACT,
    PREFIX,
    CAMEL,
    SUBSTRING,
    REGEX,
    FUZZY;

    /** The match for what was asked; INVALID_ARGUMENT when it cannot be matched this way. */
    NameMatch match(String asked) {
        return switch (this) {
            case EXACT -> new NameMatch.Exact(asked);
            case PREFIX -> new NameMatch.Prefix(asked);
            case CAMEL -> new NameMatch.Camel(asked);
            case SUBSTRING -> new NameMatch.Substring(asked);
            case REGEX -> new NameMatch.Regex(asked);
            case FUZZY -> new NameMatch.Fuzzy(asked);
        };
    }
}
