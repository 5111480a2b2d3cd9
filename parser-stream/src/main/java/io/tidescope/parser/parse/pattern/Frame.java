package io.tidescope.parser.parse.pattern;

/** What is known of the inside of a bracket up to the token that is looked at. */
final class Frame {
    /** Index of the token that opened it; -1 for the top. */
    final int open;

    Place place;

    /** The keyword of a declaration whose body is still to come; empty outside of one's head. */
    String header = "";

    /** Whether this is between a switch's {@code case} and its colon or arrow. */
    boolean inLabel;

    /** Whether the last entry of a switch has an arrow. */
    boolean arrow;

    /** Angle brackets that are open. */
    int angles;

    /** Index behind the last hole that was made a node of its own. */
    int behindHole = -1;

    Frame(int open, Place place) {
        this.open = open;
        this.place = place;
    }
}
