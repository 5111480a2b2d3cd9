package io.tidescope.store.query;

import java.util.Locale;
import java.util.OptionalInt;

/**
 * Matching a name by how many typing errors it is away: characters inserted, deleted, replaced, or
 * swapped with their neighbour (optimal string alignment). Case does not count as an error.
 */
final class EditDistance {
    /** Longest name that can be asked for. */
    static final int MAX_LENGTH = 64;

    private EditDistance() {}

    /**
     * The score of a name, absent when it is too far away: one error is allowed from 3 characters,
     * two from 6, three from 12.
     */
    static OptionalInt score(String name, String asked) {
        int allowed = allowed(asked.length());
        if (Math.abs(name.length() - asked.length()) > allowed) {
            return OptionalInt.empty();
        }
        if (name.equals(asked)) {
            return OptionalInt.of(0);
        }
        int distance =
                distance(name.toLowerCase(Locale.ROOT), asked.toLowerCase(Locale.ROOT), allowed);
        if (distance > allowed) {
            return OptionalInt.empty();
        }
        return OptionalInt.of(
                (NameTier.SAME_BUT_CASE.ordinal() + distance) * NameTier.WIDTH
                        + Math.abs(name.length() - asked.length()));
    }

    private static int allowed(int length) {
        if (length < 3) {
            return 0;
        }
        if (length < 6) {
            return 1;
        }
        return length < 12 ? 2 : 3;
    }

    /** The distance, or any number over the bound when it is over the bound. */
    private static int distance(String a, String b, int bound) {
        int[] beforeLast = new int[b.length() + 1];
        int[] last = new int[b.length() + 1];
        int[] current = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            current[0] = i;
            int least = i;
            for (int j = 1; j <= b.length(); j++) {
                char x = a.charAt(i - 1);
                char y = b.charAt(j - 1);
                int cost = last[j - 1] + (x == y ? 0 : 1);
                cost = Math.min(cost, Math.min(last[j], current[j - 1]) + 1);
                if (i > 1 && j > 1 && x == b.charAt(j - 2) && y == a.charAt(i - 2)) {
                    cost = Math.min(cost, beforeLast[j - 2] + 1);
                }
                current[j] = cost;
                least = Math.min(least, cost);
            }
            if (least > bound) {
                return least;
            }
            int[] free = beforeLast;
            beforeLast = last;
            last = current;
            current = free;
        }
        return last[b.length()];
    }
}
