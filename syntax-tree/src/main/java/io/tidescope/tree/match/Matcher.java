package io.tidescope.tree.match;

import io.tidescope.tree.NodeKind;
import io.tidescope.tree.NodeTexts;
import io.tidescope.tree.SyntaxTree;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;

/**
 * Tries rules at the nodes of one tree. It works off tasks in a loop, remembers where it chose, and
 * goes back there when what follows fails; it recurses only into rules that are tried apart, such
 * as what is under a {@code not}. Used by one thread.
 */
final class Matcher {
    private static final int STEPS_PER_EFFORT = 256;

    /** What to do instead, and how many holes were bound when there was a choice. */
    private record Choice(Task task, int bound) {}

    final SyntaxTree tree;
    final NodeTexts texts;
    final Relatives relatives;
    final Bindings bindings;
    private final Runnable effort;
    private final ArrayList<Choice> choices = new ArrayList<>();
    private int steps;
    private int origin = Relatives.NONE;

    Matcher(SyntaxTree tree, HoleNames names, Runnable effort) {
        this.tree = tree;
        this.texts = new NodeTexts(tree);
        this.relatives = new Relatives(tree);
        this.bindings = new Bindings(new NodeEquality(this), names);
        this.effort = effort;
    }

    /** Counts a step, after a few hundred of them as effort. */
    void step() {
        if (++steps % STEPS_PER_EFFORT == 0) {
            effort.run();
        }
    }

    /** To be called before what may take as long as many steps. */
    void spend() {
        effort.run();
    }

    /** A text whose reading counts as effort. */
    CharSequence watched(String text) {
        return WatchedText.of(text, effort);
    }

    /** Whether the trial succeeds; what it captured stays bound when it does. */
    boolean holds(Trial trial, int node) {
        int floor = choices.size();
        int bound = bindings.mark();
        Task task = trial.begin(this, node, Task.DONE);
        while (task != Task.DONE) {
            step();
            task = task == null ? retry(floor) : runNext(task);
            if (task == null && choices.size() == floor) {
                bindings.undo(bound);
                return false;
            }
        }
        cut(floor);
        return true;
    }

    /** Whether the trial succeeds; binds nothing. */
    boolean wouldHold(Trial trial, int node) {
        int bound = bindings.mark();
        boolean holds = holds(trial, node);
        bindings.undo(bound);
        return holds;
    }

    /** Remembers what to try when what is tried now fails. */
    void otherwise(Task task) {
        choices.add(new Choice(task, bindings.mark()));
    }

    /** The number of choices that could still be made differently. */
    int choices() {
        return choices.size();
    }

    /** Stays with what was chosen since there were this many choices. */
    void cut(int height) {
        if (choices.size() > height) {
            choices.subList(height, choices.size()).clear();
        }
    }

    /** Says that the match that begins at a node ends elsewhere than the node. */
    void extend(int first, int end) {
        if (first == origin) {
            bindings.extend(end);
        }
    }

    /** The match at a node, if there is one. */
    @Nullable Match match(Trial trial, int node) {
        origin = node;
        if (!holds(trial, node)) {
            return null;
        }
        if (!tree.hasRange(node)) {
            bindings.undo(0);
            return null;
        }
        int extent = bindings.extent();
        Captures captures = bindings.captures();
        bindings.undo(0);
        return new Match(node, tree.start(node), extent < 0 ? tree.end(node) : extent, captures);
    }

    /** The expression inside of any parentheses. */
    int withoutParentheses(int node) {
        int inner = node;
        while (tree.kind(inner) == NodeKind.ENCLOSED_EXPR && tree.subtreeSize(inner) > 1) {
            inner++;
        }
        return inner;
    }

    private @Nullable Task runNext(Task task) {
        Task rest = task.next();
        return task.step().run(this, rest == null ? Task.DONE : rest);
    }

    private @Nullable Task retry(int floor) {
        if (choices.size() == floor) {
            return null;
        }
        Choice choice = choices.removeLast();
        bindings.undo(choice.bound());
        return choice.task();
    }
}
