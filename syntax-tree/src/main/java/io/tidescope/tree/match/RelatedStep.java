package io.tidescope.tree.match;

import org.jspecify.annotations.Nullable;

/**
 * Tries a rule at a node that a relation leads to, and when that fails at the next.
 *
 * @param stop whether the way ends with a node
 */
record RelatedStep(Trial trial, Trial stop, Relatives.Way way, int node) implements Task.Step {
    @Override
    public @Nullable Task run(Matcher matcher, Task rest) {
        if (node == Relatives.NONE) {
            return null;
        }
        matcher.otherwise(new Task(this::next, rest));
        return trial.begin(matcher, node, rest);
    }

    private @Nullable Task next(Matcher matcher, Task rest) {
        int next = way.next(node, matcher.wouldHold(stop, node));
        return next == Relatives.NONE
                ? null
                : new Task(new RelatedStep(trial, stop, way, next), rest);
    }
}
