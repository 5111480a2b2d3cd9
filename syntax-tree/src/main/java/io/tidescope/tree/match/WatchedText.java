package io.tidescope.tree.match;

/**
 * A text that counts its reading as effort, so that a search ends in its time while a regular
 * expression goes over a long one.
 */
final class WatchedText implements CharSequence {
    private static final int CHARACTERS_PER_EFFORT = 1024;

    private final String text;
    private final Runnable effort;
    private int read;

    private WatchedText(String text, Runnable effort) {
        this.text = text;
        this.effort = effort;
    }

    /** The text itself when it is short. */
    static CharSequence of(String text, Runnable effort) {
        return text.length() < CHARACTERS_PER_EFFORT ? text : new WatchedText(text, effort);
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public char charAt(int index) {
        if (++read % CHARACTERS_PER_EFFORT == 0) {
            effort.run();
        }
        return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return of(text.substring(start, end), effort);
    }

    @Override
    public String toString() {
        return text;
    }
}
