package io.tidescope.tree.match;

import org.jspecify.annotations.Nullable;

/** A rule made ready to be tried at a node. Immutable. */
@FunctionalInterface
interface Trial {
    /**
     * @return what is left to show; null when the rule does not hold
     */
    @Nullable Task begin(Matcher matcher, int node, Task rest);

    /** The trial at a node as a step among others. */
    default Task at(int node, Task rest) {
        return new Task((matcher, next) -> begin(matcher, node, next), rest);
    }
}
