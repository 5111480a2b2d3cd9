package io.tidescope.tree.match;

import io.tidescope.tree.NodeKind;

import java.util.List;
import java.util.Set;

/** What a tree must hold for a rule to match in it: necessary, never sufficient. */
public sealed interface Need {
    /** Nothing in particular. */
    record Anything() implements Need {}

    /** A node whose text is this identifier, as {@code SyntaxTree.text} tells it. */
    record Identifier(String name) implements Need {}

    /** A literal whose text is this, as {@code SyntaxTree.text} tells it. */
    record Literal(String value) implements Need {}

    /** A node of one of the kinds. */
    record Kind(Set<NodeKind> kinds) implements Need {
        public Kind {
            kinds = Set.copyOf(kinds);
        }
    }

    /** All of them. */
    record All(List<Need> needs) implements Need {
        public All {
            needs = List.copyOf(needs);
        }
    }

    /** One of them. */
    record Any(List<Need> needs) implements Need {
        public Any {
            needs = List.copyOf(needs);
        }
    }
}
