package org.example.shapes;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map.*;

/** Circle in a comment is no occurrence. */
@Deprecated(since = "1")
public abstract class Shape<T extends Comparable<T> & Cloneable, U> extends base.Thing<T>
        implements Area, List<U> {
    private static final int LIMIT = 10, OTHER[] = {LIMIT};
    protected java.util.Map.Entry<String, T[]> entry;

    public Shape(int first, String... rest) {
        this.entry = null;
        count += first;
        (count)++;
        rest[0] = "LIMIT in a string is no occurrence";
    }

    @Override
    public <R> List< /* kind */ R> map(final java.util.function.Function<T, ? super R> f, int a[])
            throws IOException {
        outer:
        for (var item : Shape.this.items()) {
            if (item instanceof Circle(double radius, var _) && radius > limit.value) {
                continue outer;
            }
            list.forEach(System.out::println);
            Runnable task = () -> new Local<>(item) {
                int inner;

                void run() {
                    super.run();
                }
            };
        }
        record Pair(int left, List<R> right) {
            Pair {
                requireNonNull(right);
            }
        }
        return map(x -> x, String[]::new);
    }

    enum Color {
        RED(1) {
            @Override
            int shade() {
                return 2;
            }
        },
        GREEN;
    }

    @interface Marker {
        Class<? extends Shape> value() default Shape.class;
    }

    sealed interface Area permits Shape, Circle {}
}
