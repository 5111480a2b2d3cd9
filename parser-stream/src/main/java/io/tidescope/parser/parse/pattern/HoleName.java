package io.tidescope.parser.parse.pattern;

import io.tidescope.tree.match.Hole;

import org.jspecify.annotations.Nullable;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How a hole is written: {@code $NAME} for one, {@code $$$NAME} or {@code $$$} for many. */
final class HoleName {
    private static final Pattern HOLE =
            Pattern.compile(
                    "(?<many>\\$\\$\\$)(?<list>[A-Z_][A-Z0-9_]*)?|\\$(?<one>[A-Z_][A-Z0-9_]*)");

    private HoleName() {}

    /** The hole that a word is; null when it is an ordinary one. */
    static @Nullable Hole hole(String word) {
        if (!word.startsWith("$")) {
            return null;
        }
        Matcher matcher = HOLE.matcher(word);
        if (!matcher.matches()) {
            return null;
        }
        boolean many = matcher.group("many") != null;
        String name = matcher.group(many ? "list" : "one");
        return new Hole(name == null || name.startsWith("_") ? "" : name, many);
    }
}
