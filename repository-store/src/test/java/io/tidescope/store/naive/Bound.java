package io.tidescope.store.naive;

import com.github.javaparser.Range;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What holes stand for. Never changed: binding one makes another.
 *
 * @param origin where the match begins
 * @param last where it ends; null when that is where the origin ends
 * @param behindSemicolon whether it ends behind the next semicolon
 */
record Bound(
        Code origin, Map<String, Captured> values, @Nullable Code last, boolean behindSemicolon) {
    static Bound nothing(Code origin) {
        return new Bound(origin, Map.of(), null, false);
    }

    /** As it is, with the end of what matched at a node. */
    Bound endingWith(Code first, Code end, boolean semicolon) {
        return first == origin && last == null ? new Bound(origin, values, end, semicolon) : this;
    }

    /** What a hole stands for. */
    sealed interface Captured {
        record One(Code code) implements Captured {}

        /**
         * @param owner whose text it is
         */
        record Name(Code owner) implements Captured {}

        record Several(List<Code> list) implements Captured {}
    }

    /** With one more, or as it is; null when the hole stands for other code. */
    @Nullable Bound with(String name, Captured value) {
        if (name.isEmpty()) {
            return this;
        }
        Captured before = values.get(name);
        if (before != null) {
            return Equality.same(before, value) ? this : null;
        }
        Map<String, Captured> more = new TreeMap<>(values);
        more.put(name, value);
        return new Bound(origin, more, last, behindSemicolon);
    }

    /** Where each stands. */
    String places() {
        return values.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + place(entry.getValue()))
                .collect(Collectors.joining(" "));
    }

    private static String place(Captured captured) {
        return switch (captured) {
            case Captured.One one -> Places.of(one.code().range());
            case Captured.Name name -> {
                Range range = name.owner().textRange();
                yield range == null ? Places.ofText(name.owner()) : Places.of(range);
            }
            case Captured.Several several ->
                    several.list().isEmpty()
                            ? Places.NOTHING
                            : Places.of(
                                    several.list().getFirst().range(),
                                    several.list().getLast().range());
        };
    }
}
