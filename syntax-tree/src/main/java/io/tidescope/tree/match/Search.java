package io.tidescope.tree.match;

import io.tidescope.tree.SyntaxTree;

import java.util.List;

/** A rule made ready to be tried on many trees. Immutable and safe to share between threads. */
public final class Search {
    private final Rule rule;

    private Search(Rule rule) {
        this.rule = rule;
    }

    public static Search of(Rule rule) {
        return new Search(rule);
    }

    /** What a tree must hold to have a match at all. */
    public Need need() {
        throw new UnsupportedOperationException(rule.toString());
    }

    /**
     * The matches in a tree, in the order of their nodes.
     *
     * @param effort called every few hundred steps; throws to end a search that takes too long
     */
    public List<Match> find(SyntaxTree tree, Runnable effort) {
        throw new UnsupportedOperationException(rule.toString());
    }
}
