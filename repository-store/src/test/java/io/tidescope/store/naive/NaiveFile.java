package io.tidescope.store.naive;

import com.github.javaparser.Position;

import org.jspecify.annotations.Nullable;

import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;

/** A file in which rules are tried at every node. */
public record NaiveFile(String path, String source, Code root) {
    /** The file; null when it is not all Java. */
    public static @Nullable NaiveFile of(String path, String source) {
        Code root = Code.parse(source);
        return root == null ? null : new NaiveFile(path, source, root);
    }

    /** The places of all matches, with those of what their holes stand for. */
    public Set<String> find(NaiveRule rule) {
        Set<String> places = new TreeSet<>();
        root.all()
                .filter(Code::hasRange)
                .forEach(
                        code -> {
                            AtomicReference<Bound> first = new AtomicReference<>();
                            if (rule.holds(
                                    code,
                                    Bound.nothing(code),
                                    bound -> {
                                        first.set(bound);
                                        return true;
                                    })) {
                                places.add(place(code, first.get()));
                            }
                        });
        return places;
    }

    private String place(Code code, Bound bound) {
        Position end = (bound.last() == null ? code : bound.last()).range().end;
        if (bound.behindSemicolon()) {
            int at = source.indexOf(';', Places.index(source, end));
            int before = source.lastIndexOf('\n', at);
            end = new Position(end.line, at - before);
        }
        return "%s:%s %s"
                .formatted(
                        path,
                        Places.of(code.begin().line, code.begin().column, end.line, end.column + 1),
                        bound.places())
                .strip();
    }
}
