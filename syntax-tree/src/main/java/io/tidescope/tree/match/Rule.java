package io.tidescope.tree.match;

import io.tidescope.tree.NodeKind;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a node must be to be found. A rule is tried at every node of a tree; captures of its parts
 * are captures of the whole.
 */
public sealed interface Rule {
    /** The node begins a match of the pattern. */
    record Matches(Pattern pattern) implements Rule {}

    /** The node is of one of the kinds. */
    record OfKind(Set<NodeKind> kinds) implements Rule {
        public OfKind {
            kinds = Set.copyOf(kinds);
        }
    }

    /** The node's text in the source has a place that the regular expression matches. */
    record Text(TextTest test) implements Rule {}

    /** All hold, tried in this order; a hole is the same code in all. */
    record All(List<Rule> rules) implements Rule {
        public All {
            rules = List.copyOf(rules);
        }
    }

    /** One holds; the first that does gives the captures. */
    record Any(List<Rule> rules) implements Rule {
        public Any {
            rules = List.copyOf(rules);
        }
    }

    /** It does not hold; captures nothing. */
    record Not(Rule rule) implements Rule {}

    /** It holds for a node that the relation leads to. */
    record Related(Relation relation, Rule rule, StopBy stopBy) implements Rule {}

    /** What the holes of a rule captured passes these, if they captured something. */
    record Constrained(Rule rule, Map<String, Rule> constraints) implements Rule {
        public Constrained {
            constraints = Map.copyOf(constraints);
        }
    }

    /** Where another node stands. */
    enum Relation {
        /** An ancestor. */
        INSIDE,
        /** A descendant. */
        HAS,
        /** A sibling behind this node. */
        PRECEDES,
        /** A sibling before this node. */
        FOLLOWS
    }

    /** How far away the other node may be. */
    sealed interface StopBy {
        /** Next to this one: parent, child, adjoining sibling. */
        record Neighbour() implements StopBy {}

        /** As far as the tree goes. */
        record End() implements StopBy {}

        /** Up to, and including, the first node that this holds for. */
        record At(Rule rule) implements StopBy {}
    }
}
