package io.tidescope.query.request;

/** A caller's text as shown back in a message: short, on one line. */
public final class Quoted {
    private static final int MAX_LENGTH = 80;

    private Quoted() {}

    public static String shortened(String text) {
        String line = text.replaceAll("\\p{Cntrl}", "?");
        return line.length() <= MAX_LENGTH ? line : line.substring(0, MAX_LENGTH) + "…";
    }
}
