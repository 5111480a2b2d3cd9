package io.tidescope.tree.match;

/**
 * A hole of a pattern that was made ready.
 *
 * @param number of its name; {@link #NONE} when it is not captured
 * @param many whether it stands for any number of neighbours in a list, none included
 */
record Slot(int number, boolean many) {
    static final int NONE = -1;

    boolean captures() {
        return number != NONE;
    }

    /** The same for any number of neighbours. */
    Slot forMany() {
        return new Slot(number, true);
    }
}
