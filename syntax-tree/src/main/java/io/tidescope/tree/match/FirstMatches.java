package io.tidescope.tree.match;

import io.tidescope.tree.SyntaxTree;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The first matches behind a place, out of those of a tree, which come in the order of nodes: that
 * is not quite the order of places. Holds about twice as many as are wanted.
 */
final class FirstMatches implements Search.Receiver {
    private static final Comparator<Match> BY_PLACE =
            Comparator.comparingInt(Match::start).thenComparingInt(Match::node);

    private final int start;
    private final int node;
    private final int most;
    private final List<Match> matches = new ArrayList<>();

    /** Whether none is known to come before the place or too late. */
    private boolean all;

    /** Enough are known that come before all that start here. */
    private int tooLate = Integer.MAX_VALUE;

    FirstMatches(int start, int node, int most) {
        this.start = start;
        this.node = node;
        this.most = most;
        all = start <= 0;
    }

    @Override
    public boolean wants(SyntaxTree tree, int candidate) {
        return all || tree.start(candidate) >= start && tree.start(candidate) < tooLate;
    }

    @Override
    public void accept(Match match) {
        if (match.start() > start || match.node() > node) {
            matches.add(match);
            if (matches.size() >= 2L * most) {
                leaveOutLater();
            }
        }
    }

    private void leaveOutLater() {
        matches.sort(BY_PLACE);
        matches.subList(most, matches.size()).clear();
        // Of nodes that start at one byte, those that come later are later, too.
        tooLate = matches.getLast().start();
        all = false;
    }

    List<Match> toList() {
        matches.sort(BY_PLACE);
        return List.copyOf(matches.subList(0, Math.min(most, matches.size())));
    }
}
