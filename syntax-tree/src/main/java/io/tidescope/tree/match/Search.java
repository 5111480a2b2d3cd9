package io.tidescope.tree.match;

import io.tidescope.tree.KindSet;
import io.tidescope.tree.SyntaxTree;

import java.util.ArrayList;
import java.util.List;

/** A rule made ready to be tried on many trees. Immutable and safe to share between threads. */
public final class Search {
    private final Need need;
    private final KindSet rootKinds;
    private final Trial trial;

    private Search(Rule rule) {
        this.need = Needs.of(rule);
        this.rootKinds = RootKinds.of(rule);
        this.trial = new RuleCompiler(HoleNames.repeated(rule)).compile(rule);
    }

    public static Search of(Rule rule) {
        return new Search(rule);
    }

    /** What a tree must hold to have a match at all. */
    public Need need() {
        return need;
    }

    /**
     * The matches in a tree, in the order of their nodes.
     *
     * @param effort called every few hundred steps; throws to end a search that takes too long
     */
    public List<Match> find(SyntaxTree tree, Runnable effort) {
        int node = tree.next(rootKinds, 0);
        if (node == tree.nodeCount()) {
            return List.of();
        }
        var matcher = new Matcher(tree, effort);
        var copies = new CopiedTypes(tree);
        var matches = new ArrayList<Match>();
        for (; node < tree.nodeCount(); node = tree.next(rootKinds, node + 1)) {
            matcher.step();
            if (tree.hasRange(node)) {
                Match match = matcher.match(trial, node);
                if (match != null && !(isKnown(match, matches, tree) && copies.contain(node))) {
                    matches.add(match);
                }
            }
        }
        return List.copyOf(matches);
    }

    private static boolean isKnown(Match match, List<Match> matches, SyntaxTree tree) {
        for (Match known : matches.reversed()) {
            if (known.start() < match.start()) {
                return false;
            }
            if (known.start() == match.start()
                    && known.end() == match.end()
                    && tree.kind(known.node()) == tree.kind(match.node())) {
                return true;
            }
        }
        return false;
    }
}
