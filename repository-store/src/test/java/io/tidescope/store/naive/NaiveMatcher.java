package io.tidescope.store.naive;

import io.tidescope.store.naive.Bound.Captured;

import org.jspecify.annotations.Nullable;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Tells whether code is what a pattern wants, by trying everything: each way to bind the holes is
 * handed to what comes after, until that is satisfied.
 */
final class NaiveMatcher {
    private NaiveMatcher() {}

    /** What comes after a match, which may refuse it. */
    interface Then extends Predicate<Bound> {}

    /** At a node of the pattern below its root. */
    static boolean part(Wanted given, Code code, Bound bound, Then then) {
        Wanted wanted = given;
        Code found = code;
        while (wanted.is("EnclosedExpr")) {
            wanted = wanted.part("inner").getFirst();
            found = found.is("EnclosedExpr") ? found.part("inner").getFirst() : found;
        }
        if (wanted.hole() != null) {
            return whole(wanted, found, bound, then);
        }
        found = Leniency.oneOfUnion(wanted, found.withoutParentheses());
        if (wanted.like().isBody()) {
            if (wanted.is("BlockStmt") && !found.is("BlockStmt")) {
                return list(wanted.part("statements"), List.of(found), bound, then);
            }
            found = wanted.is("BlockStmt") ? found : found.onlyStatement();
        }
        return node(wanted, found, bound, then);
    }

    /** A hole for a node. */
    static boolean whole(Wanted hole, Code code, Bound bound, Then then) {
        return code.hasRange()
                && bind(Objects.requireNonNull(hole.hole()), new Captured.One(code), bound, then);
    }

    /** Of the same kind, with the same text, and with parts that match. */
    static boolean node(Wanted wanted, Code code, Bound bound, Then then) {
        for (Wanted form : Leniency.forms(wanted, code)) {
            if (form.is(code.kind())
                    && Leniency.facts(form, code)
                    && text(form, code, bound, after -> parts(form, code, after, then))) {
                return true;
            }
        }
        return false;
    }

    private static boolean text(Wanted wanted, Code code, Bound bound, Then then) {
        String hole = wanted.textHole();
        if (hole == null) {
            return Objects.equals(wanted.like().text(), code.text()) && then.test(bound);
        }
        return code.text() != null
                && Leniency.isName(code)
                && bind(hole, new Captured.Name(code), bound, then);
    }

    private static boolean parts(Wanted wanted, Code code, Bound bound, Then then) {
        Set<String> properties = new TreeSet<>(wanted.parts().keySet());
        properties.addAll(code.parts().keySet());
        properties.removeAll(Wanted.MODIFIERS);
        for (String property : properties) {
            if (!Leniency.isThere(property, wanted, code)) {
                return false;
            }
        }
        List<String> inOrder =
                properties.stream().sorted(Comparator.comparing(wanted::begin)).toList();
        return modifiers(wanted, code, bound, after -> parts(inOrder, wanted, code, after, then));
    }

    private static boolean parts(
            List<String> properties, Wanted wanted, Code code, Bound bound, Then then) {
        if (properties.isEmpty()) {
            return then.test(bound);
        }
        String property = properties.getFirst();
        List<Code> found = code.part(property);
        Then others =
                after -> parts(properties.subList(1, properties.size()), wanted, code, after, then);
        return Leniency.mayGoOn(property, wanted)
                ? beginning(
                        wanted.part(property), found, bound, after -> others.test(after.bound()))
                : list(wanted.part(property), found, bound, others);
    }

    private static boolean modifiers(Wanted wanted, Code code, Bound bound, Then then) {
        return Modifiers.match(
                wanted.modifiers(), code.modifiers(), Leniency.modifiers(wanted), bound, then);
    }

    /** All of a list. */
    static boolean list(List<Wanted> wanted, List<Code> codes, Bound bound, Then then) {
        return beginning(
                wanted,
                codes,
                bound,
                after -> after.matched() == codes.size() && then.test(after.bound()));
    }

    /**
     * The beginning of a list was matched.
     *
     * @param matched how many of its elements
     */
    record Begun(int matched, Bound bound) {}

    /** Elements from the first on; a hole for any number that is last takes all there are. */
    static boolean beginning(
            List<Wanted> wanted, List<Code> codes, Bound bound, Predicate<Begun> then) {
        return beginning(wanted, codes, 0, bound, then);
    }

    private static boolean beginning(
            List<Wanted> wanted, List<Code> codes, int at, Bound bound, Predicate<Begun> then) {
        if (wanted.isEmpty()) {
            return then.test(new Begun(at, bound));
        }
        Wanted first = wanted.getFirst();
        List<Wanted> rest = wanted.subList(1, wanted.size());
        if (!first.many()) {
            return at < codes.size()
                    && part(
                            first,
                            codes.get(at),
                            bound,
                            after -> beginning(rest, codes, at + 1, after, then));
        }
        String hole = Objects.requireNonNull(first.hole());
        for (int end = rest.isEmpty() ? codes.size() : at; end <= codes.size(); end++) {
            int next = end;
            if (bind(
                    hole,
                    new Captured.Several(codes.subList(at, end)),
                    bound,
                    after -> beginning(rest, codes, next, after, then))) {
                return true;
            }
        }
        return false;
    }

    static boolean bind(String name, Captured value, Bound bound, Then then) {
        @Nullable Bound after = bound.with(name, value);
        return after != null && then.test(after);
    }
}
