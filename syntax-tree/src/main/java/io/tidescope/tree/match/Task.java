package io.tidescope.tree.match;

import org.jspecify.annotations.Nullable;

/**
 * What is left to show for a rule to hold: a step, then the rest. Immutable, so that a choice that
 * turns out wrong later goes back to what was left at that time.
 */
record Task(Step step, @Nullable Task next) {
    /** Nothing is left. */
    static final Task DONE = new Task(new Done(), null);

    /** Tries one thing. */
    @FunctionalInterface
    interface Step {
        /**
         * @param rest what to show after this
         * @return what is left now; null when this does not hold
         */
        @Nullable Task run(Matcher matcher, Task rest);
    }

    private record Done() implements Step {
        @Override
        public Task run(Matcher matcher, Task rest) {
            return DONE;
        }
    }
}
