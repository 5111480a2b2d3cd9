package io.tidescope.store.naive;

import io.tidescope.store.naive.Bound.Captured;
import io.tidescope.store.naive.NaiveMatcher.Then;

import java.util.List;
import java.util.Objects;

/** Matches modifiers and annotations, of which a pattern need not mention all. */
final class Modifiers {
    private Modifiers() {}

    /** Which need not be mentioned. */
    enum Unmentioned {
        NONE,
        /** Keywords before one that is mentioned, and all behind the last that is. */
        FURTHER,
        ANY
    }

    static boolean match(
            List<Wanted> wanted,
            List<Code> codes,
            Unmentioned unmentioned,
            Bound bound,
            Then then) {
        return match(wanted, codes, 0, false, unmentioned, bound, then);
    }

    private static boolean match(
            List<Wanted> wanted,
            List<Code> codes,
            int at,
            boolean behindHole,
            Unmentioned unmentioned,
            Bound bound,
            Then then) {
        if (wanted.isEmpty()) {
            boolean may =
                    switch (unmentioned) {
                        case NONE -> at == codes.size();
                        case FURTHER -> at == codes.size() || at > 0;
                        case ANY -> true;
                    };
            return may && then.test(bound);
        }
        Wanted first = wanted.getFirst();
        List<Wanted> rest = wanted.subList(1, wanted.size());
        if (first.many()) {
            String hole = Objects.requireNonNull(first.hole());
            for (int end = rest.isEmpty() ? codes.size() : at; end <= codes.size(); end++) {
                int next = end;
                if (NaiveMatcher.bind(
                        hole,
                        new Captured.Several(codes.subList(at, end)),
                        bound,
                        after -> match(rest, codes, next, true, unmentioned, after, then))) {
                    return true;
                }
            }
            return false;
        }
        if (at == codes.size()) {
            return false;
        }
        Code code = codes.get(at);
        if (NaiveMatcher.part(
                first,
                code,
                bound,
                after -> match(rest, codes, at + 1, false, unmentioned, after, then))) {
            return true;
        }
        boolean passes =
                switch (unmentioned) {
                    case NONE -> false;
                    case FURTHER ->
                            first.is("Modifier")
                                    && code.is("Modifier")
                                    && !first.like().facts().equals(code.facts());
                    case ANY -> true;
                };
        return passes
                && !behindHole
                && match(wanted, codes, at + 1, false, unmentioned, bound, then);
    }
}
