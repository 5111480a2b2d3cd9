package io.tidescope.store.naive;

import io.tidescope.store.naive.Bound.Captured;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Which code is equal: what two holes of one name must stand for. */
final class Equality {
    private Equality() {}

    static boolean same(Captured a, Captured b) {
        return switch (a) {
            case Captured.Name name -> isName(name.owner().text(), b);
            case Captured.One one ->
                    b instanceof Captured.Name name
                            ? isName(name.owner().text(), a)
                            : same(List.of(one.code()), list(b));
            case Captured.Several several ->
                    b instanceof Captured.Name name
                            ? isName(name.owner().text(), a)
                            : same(several.list(), list(b));
        };
    }

    private static List<Code> list(Captured captured) {
        return switch (captured) {
            case Captured.One one -> List.of(one.code());
            case Captured.Several several -> several.list();
            case Captured.Name name -> throw new IllegalArgumentException(name.toString());
        };
    }

    private static boolean isName(@Nullable String text, Captured other) {
        return switch (other) {
            case Captured.Name name -> Objects.equals(text, name.owner().text());
            case Captured.One one -> isPlainName(text, one.code().withoutParentheses());
            case Captured.Several several ->
                    several.list().size() == 1 && isPlainName(text, several.list().getFirst());
        };
    }

    private static boolean isPlainName(@Nullable String text, Code code) {
        return code.isPlainName() && Objects.equals(text, code.text());
    }

    private static boolean same(List<Code> a, List<Code> b) {
        if (a.size() != b.size()) {
            return false;
        }
        for (int i = 0; i < a.size(); i++) {
            if (!same(a.get(i), b.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** Parentheses do not count, nor do the braces around the one statement that is a body. */
    static boolean same(Code left, Code right) {
        Code a = (left.isBody() ? left.onlyStatement() : left).withoutParentheses();
        Code b = (right.isBody() ? right.onlyStatement() : right).withoutParentheses();
        if (a.isPlainName() && b.isPlainName()) {
            return Objects.equals(a.text(), b.text());
        }
        return a.kind().equals(b.kind())
                && facts(a).equals(facts(b))
                && Objects.equals(a.text(), b.text())
                && a.parts().keySet().equals(b.parts().keySet())
                && a.parts().keySet().stream().allMatch(part -> same(a.part(part), b.part(part)));
    }

    /** All but where the brackets of an array stand. */
    static Map<String, String> facts(Code code) {
        Map<String, String> facts = new TreeMap<>(code.facts());
        if (code.is("ArrayType")) {
            facts.remove("origin");
        }
        return facts;
    }
}
