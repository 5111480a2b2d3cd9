package io.tidescope.canary;

/** Two mistakes, one for each check. */
final class Refused {
    private Refused() {}

    static String nothing() {
        return null;
    }

    static void forgotten() {
        new IllegalStateException("made and not thrown");
    }
}
