package io.tidescope.tree.match;

import io.tidescope.tree.KindScan;
import io.tidescope.tree.SyntaxTree;

import java.util.ArrayList;
import java.util.List;

/** A rule made ready to be tried on many trees. Immutable and safe to share between threads. */
public final class Search {
    private static final long INSTRUCTION_BYTES = 60;

    private final Rule rule;
    private final Need need;
    private final KindScan rootKinds;
    private final byte rootName;
    private final HoleNames names;
    private final Trial trial;

    private Search(Rule rule) {
        this.rule = rule;
        this.need = Needs.of(rule);
        this.rootKinds = KindScan.of(RootKinds.of(rule));
        this.rootName = RootName.mark(rule);
        this.names = HoleNames.of(rule);
        this.trial = new RuleCompiler(names).compile(rule);
    }

    public static Search of(Rule rule) {
        return new Search(rule);
    }

    /** What it searches for. */
    public Rule rule() {
        return rule;
    }

    /** About how many bytes of memory its tests of texts take. */
    public long textBytes() {
        return TextSizes.of(rule) * INSTRUCTION_BYTES;
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
        var matches = new ArrayList<Match>();
        forEach(tree, effort, matches::add);
        return List.copyOf(matches);
    }

    /**
     * The first matches behind a place, by where they start, and by their nodes where several start
     * at one byte. What lies elsewhere costs next to nothing.
     *
     * @param start the place's byte
     * @param node the place's node: matches that start at its byte have a later one
     * @param most at most so many
     * @param effort called every few hundred steps; throws to end a search that takes too long
     */
    public List<Match> findBehind(SyntaxTree tree, int start, int node, int most, Runnable effort) {
        var first = new FirstMatches(start, node, most);
        forEach(tree, effort, first);
        return first.toList();
    }

    /**
     * How many matches there are in a tree.
     *
     * @param effort called every few hundred steps; throws to end a search that takes too long
     */
    public long count(SyntaxTree tree, Runnable effort) {
        var count = new long[1];
        forEach(tree, effort, match -> count[0]++);
        return count[0];
    }

    /** Takes matches in the order of their nodes. */
    interface Receiver {
        /** Whether a match at a node is of any use. */
        default boolean wants(SyntaxTree tree, int node) {
            return true;
        }

        void accept(Match match);
    }

    private void forEach(SyntaxTree tree, Runnable effort, Receiver receiver) {
        int node = tree.next(rootKinds, 0);
        if (node == tree.nodeCount()) {
            return;
        }
        var matcher = new Matcher(tree, names, effort);
        var copies = new CopiedTypes(tree);
        for (node = next(tree, node); node < tree.nodeCount(); node = next(tree, node + 1)) {
            if (!receiver.wants(tree, node)) {
                continue;
            }
            matcher.step();
            Match match = matcher.match(trial, node);
            if (match != null && copies.isNew(node)) {
                receiver.accept(match);
            }
        }
    }

    /** The first node from one on at which the rule may hold. */
    private int next(SyntaxTree tree, int from) {
        return tree.next(rootKinds, rootName, from);
    }
}
