package io.tidescope.store.query;

import io.tidescope.schemas.TideScopeException;

import java.util.List;
import java.util.OptionalInt;

/**
 * How a symbol query compares names. A match gives a score, lower is better: 0 for the name itself,
 * then the tiers of {@link NameTier}, and within a tier by how much of the name was not asked for.
 *
 * <p>What is asked for must be 1 to {@value #MAX_LENGTH} characters without a NUL, else the
 * constructors refuse it with INVALID_ARGUMENT. Immutable.
 */
public sealed interface NameMatch {
    int MAX_LENGTH = 256;

    /** The score of a name, absent when it does not match. */
    OptionalInt score(String name);

    /**
     * Beginnings, none of which begins another, one of which every name that matches has: what a
     * scan can restrict itself to. The empty beginning stands for all names.
     */
    List<String> beginnings();

    /** The name itself, case and all. */
    record Exact(String name) implements NameMatch {
        public Exact {
            requireAcceptable(name);
        }

        @Override
        public OptionalInt score(String candidate) {
            return candidate.equals(name) ? OptionalInt.of(0) : OptionalInt.empty();
        }

        @Override
        public List<String> beginnings() {
            return List.of(name);
        }
    }

    /** Names that begin so, in any case. */
    record Prefix(String prefix) implements NameMatch {
        public Prefix {
            requireAcceptable(prefix);
        }

        @Override
        public OptionalInt score(String candidate) {
            return candidate.regionMatches(true, 0, prefix, 0, prefix.length())
                    ? OptionalInt.of(NameTier.of(candidate, prefix, 0).score(candidate, prefix))
                    : OptionalInt.empty();
        }

        @Override
        public List<String> beginnings() {
            return Beginnings.inAnyCase(prefix);
        }
    }

    /**
     * Names by their humps: {@code NPE} and {@code NuPoEx} find {@code NullPointerException}. Each
     * character continues the hump matched last or begins a later one; capitals match capitals
     * only.
     */
    record Camel(String humps) implements NameMatch {
        public Camel {
            requireAcceptable(humps);
        }

        @Override
        public OptionalInt score(String candidate) {
            return CamelHumps.score(candidate, humps);
        }

        @Override
        public List<String> beginnings() {
            return Beginnings.inAnyCase(humps.substring(0, 1));
        }
    }

    /** Names that contain the text, in any case. */
    record Substring(String text) implements NameMatch {
        public Substring {
            requireAcceptable(text);
        }

        @Override
        public OptionalInt score(String candidate) {
            int last = candidate.length() - text.length();
            for (int at = 0; at <= last; at++) {
                if (candidate.regionMatches(true, at, text, 0, text.length())) {
                    return OptionalInt.of(NameTier.of(candidate, text, at).score(candidate, text));
                }
            }
            return OptionalInt.empty();
        }

        @Override
        public List<String> beginnings() {
            return Beginnings.ALL;
        }
    }

    /** Names in which a regular expression is found; see {@link RegexMatch} for its limits. */
    record Regex(RegexMatch regex) implements NameMatch {
        public Regex(String pattern) {
            this(RegexMatch.of("q", requireAcceptable(pattern)));
        }

        @Override
        public OptionalInt score(String candidate) {
            return regex.score(candidate);
        }

        @Override
        public List<String> beginnings() {
            return regex.beginnings();
        }
    }

    /** Names few typing errors away; see {@link EditDistance}. */
    record Fuzzy(String name) implements NameMatch {
        public Fuzzy {
            requireAcceptable(name);
            if (name.length() > EditDistance.MAX_LENGTH) {
                throw TideScopeException.invalid(
                        "q",
                        "a name for a fuzzy match has at most %d characters, not %d"
                                .formatted(EditDistance.MAX_LENGTH, name.length()));
            }
        }

        @Override
        public OptionalInt score(String candidate) {
            return EditDistance.score(candidate, name);
        }

        @Override
        public List<String> beginnings() {
            return Beginnings.ALL;
        }
    }

    private static String requireAcceptable(String asked) {
        if (asked.isEmpty() || asked.length() > MAX_LENGTH) {
            throw TideScopeException.invalid(
                    "q",
                    "what to look for has 1 to %d characters, not %d"
                            .formatted(MAX_LENGTH, asked.length()));
        }
        if (asked.indexOf('\0') >= 0) {
            throw TideScopeException.invalid("q", "what to look for has no NUL character");
        }
        return asked;
    }
}
