package io.tidescope.store.naive;

import io.tidescope.store.naive.Bound.Captured;
import io.tidescope.store.naive.NaiveMatcher.Then;
import io.tidescope.tree.match.Rule.Relation;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A rule as {@link io.tidescope.tree.match.Rule} has it, tried in the plainest way. */
public sealed interface NaiveRule {
    /** Whether it holds for a node, and what comes after accepts what it binds. */
    boolean holds(Code code, Bound bound, Then then);

    record Matches(NaivePattern pattern) implements NaiveRule {
        @Override
        public boolean holds(Code code, Bound bound, Then then) {
            return pattern.holds(code, bound, then);
        }
    }

    record OfKind(String kind) implements NaiveRule {
        @Override
        public boolean holds(Code code, Bound bound, Then then) {
            return code.is(kind) && then.test(bound);
        }
    }

    record All(NaiveRule first, NaiveRule second) implements NaiveRule {
        @Override
        public boolean holds(Code code, Bound bound, Then then) {
            return first.holds(code, bound, after -> second.holds(code, after, then));
        }
    }

    record Any(NaiveRule first, NaiveRule second) implements NaiveRule {
        @Override
        public boolean holds(Code code, Bound bound, Then then) {
            return first.holds(code, bound, then) || second.holds(code, bound, then);
        }
    }

    record Not(NaiveRule rule) implements NaiveRule {
        @Override
        public boolean holds(Code code, Bound bound, Then then) {
            return !rule.holds(code, bound, after -> true) && then.test(bound);
        }
    }

    /**
     * @param stop the kind of the node up to which to look; {@code next} for the one beside, empty
     *     for all
     */
    record Related(Relation relation, NaiveRule rule, String stop) implements NaiveRule {
        @Override
        public boolean holds(Code code, Bound bound, Then then) {
            return switch (relation) {
                case INSIDE -> first(ancestors(code), bound, then);
                case HAS -> below(code, bound, then);
                case PRECEDES -> first(siblings(code, true), bound, then);
                case FOLLOWS -> first(siblings(code, false), bound, then);
            };
        }

        private boolean stopsAt(Code code) {
            return stop.equals("next") || code.is(stop);
        }

        private boolean first(List<Code> way, Bound bound, Then then) {
            for (Code code : way) {
                if (rule.holds(code, bound, then)) {
                    return true;
                }
                if (stopsAt(code)) {
                    return false;
                }
            }
            return false;
        }

        private boolean below(Code code, Bound bound, Then then) {
            for (Code child : code.children()) {
                if (rule.holds(child, bound, then)
                        || (!stopsAt(child) && below(child, bound, then))) {
                    return true;
                }
            }
            return false;
        }

        private static List<Code> ancestors(Code code) {
            List<Code> ancestors = new ArrayList<>();
            for (Code up = code.parent(); up != null; up = up.parent()) {
                ancestors.add(up);
            }
            return ancestors;
        }

        private static List<Code> siblings(Code code, boolean behind) {
            Code parent = code.parent();
            if (parent == null) {
                return List.of();
            }
            List<Code> all = parent.children().stream().filter(Code::hasRange).toList();
            int at = all.indexOf(code);
            return behind ? all.subList(at + 1, all.size()) : all.subList(0, at).reversed();
        }
    }

    /** A word is in what is written there. */
    record Says(String word) implements NaiveRule {
        @Override
        public boolean holds(Code code, Bound bound, Then then) {
            return code.says(word) && then.test(bound);
        }
    }

    /**
     * A hole stands for a node for which a rule holds, for a name of which it does, for a list that
     * says something, or for nothing.
     */
    record Constrained(NaiveRule rule, String hole, NaiveRule constraint) implements NaiveRule {
        @Override
        public boolean holds(Code code, Bound bound, Then then) {
            return rule.holds(code, bound, after -> isMet(after, then));
        }

        private boolean isMet(Bound bound, Then then) {
            return switch (bound.values().get(hole)) {
                case null -> then.test(bound);
                case Captured.One one ->
                        constraint.holds(one.code().withoutParentheses(), bound, then);
                case Captured.Name name -> isMet(name.owner()) && then.test(bound);
                case Captured.Several several ->
                        constraint instanceof Says says
                                && Code.written(several.list()).contains(says.word())
                                && then.test(bound);
            };
        }

        private boolean isMet(Code owner) {
            String text = Objects.requireNonNull(owner.text());
            return switch (constraint) {
                case Says says -> text.contains(says.word());
                case OfKind kind ->
                        kind.kind().equals("NameExpr") && !owner.is("StringLiteralExpr");
                default -> false;
            };
        }
    }
}
