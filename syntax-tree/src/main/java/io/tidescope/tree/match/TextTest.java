package io.tidescope.tree.match;

/** Says whether a text is one that is looked for. */
@FunctionalInterface
public interface TextTest {
    boolean test(String text);
}
