package io.tidescope.store.query;

import java.util.OptionalInt;

/**
 * How a symbol query compares names. A match gives a score, lower is better: 0 for the name itself,
 * then by how much of the name was not asked for.
 */
public sealed interface NameMatch {
    /** The score of a name, absent when it does not match. */
    OptionalInt score(String name);

    /** The name itself, case and all. */
    record Exact(String name) implements NameMatch {
        @Override
        public OptionalInt score(String candidate) {
            return candidate.equals(name) ? OptionalInt.of(0) : OptionalInt.empty();
        }
    }
}
