package io.tidescope.tree.match;

import io.tidescope.tree.NodeKind;
import io.tidescope.tree.Role;
import io.tidescope.tree.SyntaxTree;

import java.util.ArrayList;
import java.util.List;

/** A rule made ready to be tried on many trees. Immutable and safe to share between threads. */
public final class Search {
    private final Need need;
    private final boolean[] rootKinds;
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
        var matcher = new Matcher(tree, effort);
        var matches = new ArrayList<Match>();
        int copyEnd = 0;
        for (int node = 0; node < tree.nodeCount(); node++) {
            matcher.step();
            if (isCopiedType(tree, node)) {
                copyEnd = tree.subtreeEnd(node);
            }
            if (rootKinds[tree.kind(node).ordinal()] && tree.hasRange(node)) {
                Match match = matcher.match(trial, node);
                if (match != null && !(node < copyEnd && isKnown(match, matches, tree))) {
                    matches.add(match);
                }
            }
        }
        return List.copyOf(matches);
    }

    /** Whether this is a type before a variable: each of several has the same. */
    private static boolean isCopiedType(SyntaxTree tree, int node) {
        return tree.role(node) == Role.TYPE
                && tree.kind(node - 1) == NodeKind.VARIABLE_DECLARATOR
                && tree.start(node) < tree.start(node - 1);
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
