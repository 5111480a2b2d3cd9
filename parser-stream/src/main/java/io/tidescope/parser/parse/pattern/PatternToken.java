package io.tidescope.parser.parse.pattern;

import io.tidescope.tree.match.Hole;

import org.jspecify.annotations.Nullable;

/**
 * A token of a pattern.
 *
 * @param start index of its first character
 * @param end index after its last
 * @param hole what it is when it is one
 */
record PatternToken(Kind kind, int start, int end, String text, @Nullable Hole hole) {
    enum Kind {
        WORD,
        LITERAL,
        SYMBOL
    }

    boolean isWord() {
        return kind == Kind.WORD;
    }

    boolean isMany() {
        return hole != null && hole.many();
    }
}
