package io.tidescope.store.query;

import java.util.Arrays;
import java.util.OptionalInt;

/**
 * Matching a name by its humps.
 *
 * <p>A hump begins with the name, with a capital that follows no capital or is followed by a small
 * letter, with a digit that follows no digit, and behind an underscore or a dollar sign: {@code
 * parseHTMLPage2} has {@code parse}, {@code HTML}, {@code Page} and {@code 2}.
 */
final class CamelHumps {
    /** Names longer than this match nothing: time and memory go with the product of lengths. */
    private static final int MAX_NAME_LENGTH = 1024;

    private static final int UNREACHED = Integer.MAX_VALUE;

    private CamelHumps() {}

    /**
     * The score of a name, absent when it does not match: 0 for the text itself, then by humps
     * passed over, then by length.
     */
    static OptionalInt score(String name, String text) {
        if (name.equals(text)) {
            return OptionalInt.of(0);
        }
        if (name.length() > MAX_NAME_LENGTH || text.length() > name.length()) {
            return OptionalInt.empty();
        }
        int passedOver = fewestPassedOver(name, text);
        if (passedOver == UNREACHED) {
            return OptionalInt.empty();
        }
        int tier = NameTier.BEGINNING.ordinal() + passedOver;
        return OptionalInt.of(
                tier * NameTier.WIDTH
                        + Math.min(NameTier.WIDTH - 1, name.length() - text.length()));
    }

    static boolean beginsAt(String name, int at) {
        if (at == 0) {
            return true;
        }
        char c = name.charAt(at);
        char before = name.charAt(at - 1);
        if (before == '_' || before == '$') {
            return true;
        }
        if (Character.isDigit(c)) {
            return !Character.isDigit(before);
        }
        if (!Character.isUpperCase(c)) {
            return false;
        }
        return !Character.isUpperCase(before)
                || (at + 1 < name.length() && Character.isLowerCase(name.charAt(at + 1)));
    }

    /**
     * Dynamic programming over the text: {@code best[i]} is the fewest humps passed over with the
     * last character of the text so far at {@code i - 1} of the name.
     */
    private static int fewestPassedOver(String name, String text) {
        int length = name.length();
        int[] humpsBefore = humpsBefore(name);
        if (!matches(name.charAt(0), text.charAt(0))) {
            return UNREACHED;
        }
        int[] best = new int[length + 1];
        Arrays.fill(best, UNREACHED);
        best[1] = 0;
        for (int t = 1; t < text.length(); t++) {
            char wanted = text.charAt(t);
            int[] next = new int[length + 1];
            Arrays.fill(next, UNREACHED);
            // Of the matches that end before here, the best way to jump, had it cost all humps.
            int jump = UNREACHED;
            for (int i = 1; i < length; i++) {
                if (best[i] != UNREACHED) {
                    jump = Math.min(jump, best[i] - humpsBefore[i]);
                }
                if (!matches(name.charAt(i), wanted)) {
                    continue;
                }
                int reached = best[i];
                if (jump != UNREACHED && beginsAt(name, i)) {
                    reached = Math.min(reached, jump + humpsBefore[i]);
                }
                next[i + 1] = reached;
            }
            best = next;
        }
        return Arrays.stream(best).min().orElse(UNREACHED);
    }

    /** For each index the humps that begin before it. */
    private static int[] humpsBefore(String name) {
        int[] humps = new int[name.length() + 1];
        for (int i = 0; i < name.length(); i++) {
            humps[i + 1] = humps[i] + (beginsAt(name, i) ? 1 : 0);
        }
        return humps;
    }

    private static boolean matches(char candidate, char wanted) {
        return candidate == wanted
                || (!Character.isUpperCase(wanted) && Character.toLowerCase(candidate) == wanted);
    }
}
