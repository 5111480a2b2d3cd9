package io.tidescope.store.query;

/** How well a name that contains a text, case aside, fits it; from the best to the worst. */
enum NameTier {
    SAME,
    SAME_BUT_CASE,
    BEGINNING,
    BEGINNING_BUT_CASE,
    HUMP,
    INSIDE;

    /**
     * Scores of a tier are below those of the next; names longer than this all count as so long.
     */
    static final int WIDTH = 1000;

    /** The tier of a name in which the text is found at an index. */
    static NameTier of(String name, String text, int at) {
        if (at > 0) {
            return CamelHumps.beginsAt(name, at) ? HUMP : INSIDE;
        }
        boolean sameCase = name.startsWith(text);
        if (name.length() == text.length()) {
            return sameCase ? SAME : SAME_BUT_CASE;
        }
        return sameCase ? BEGINNING : BEGINNING_BUT_CASE;
    }

    /** The score of a name in this tier: the shorter, the better. */
    int score(String name, String text) {
        return ordinal() * WIDTH + Math.min(WIDTH - 1, Math.max(0, name.length() - text.length()));
    }
}
