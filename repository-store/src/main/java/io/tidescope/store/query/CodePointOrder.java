package io.tidescope.store.query;

import java.util.Comparator;

/**
 * Strings in the order of their UTF-8 bytes, which is that of their code points: the order of every
 * stored key. {@link String#compareTo} differs from it where surrogate pairs are involved.
 */
public enum CodePointOrder implements Comparator<String> {
    CODE_POINT_ORDER;

    @Override
    public int compare(String left, String right) {
        // Mostly of names that are the same; comparing all of both at once is faster by far.
        if (left.equals(right)) {
            return 0;
        }
        int common = Math.min(left.length(), right.length());
        for (int i = 0; i < common; i++) {
            char a = left.charAt(i);
            char b = right.charAt(i);
            if (a != b) {
                boolean surrogates = Character.isSurrogate(a);
                return surrogates == Character.isSurrogate(b)
                        ? Character.compare(a, b)
                        : (surrogates ? 1 : -1);
            }
        }
        return Integer.compare(left.length(), right.length());
    }
}
