package io.tidescope.tree.match;

/** Says whether a text is one that is looked for. */
@FunctionalInterface
public interface TextTest {
    /**
     * @param text its {@code toString} is cheap; reading its characters one by one may throw, to
     *     end a search that takes too long
     */
    boolean test(CharSequence text);

    /** About how many instructions it has, each of some 60 bytes. */
    default int size() {
        return 1;
    }
}
