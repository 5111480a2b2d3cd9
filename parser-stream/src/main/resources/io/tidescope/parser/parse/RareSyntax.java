package io.tidescope.parser.parse;

import static java.lang.Math.*;

import java.util.*;

/** Tokens and constructs that few sources have; {@link SampleSources} says what it is for. */
@SuppressWarnings({"all", "unused"})
abstract sealed class RareSyntax<@Deprecated T extends Object & Comparable<? super T>> implements Runnable
        permits RareSyntax.$Sub, RareSyntax._Sub {
    static final int[] INTEGERS = {
        0, 7, 1_000, 0x1F, 0XfF_0, 0b101, 0B1_0, 017, 0_7, 00, 2147483647
    };
    static final long[] LONGS = {0L, 1l, 9_9L, 0xCAFE_BABEL, 0x7fl, 0b11L, 0B1l, 0777L, 0_1l};
    static final double[] DOUBLES = {
        0., 1.5, .5, 1e10, 1E-3, 1.e2, 1.5e+3, .5E1, 1d, 1D, 1.D, .1d, 1e1d, 1_0.0_1e1_0, 0x1p3,
        0x1.p-3, 0x.8P+2, 0xA.8p0d, 0X1_F.0_1P1_0, 00.1, 09.5, 09e1, 09d
    };
    static final float[] FLOATS = {0f, 1F, 1.f, .5F, 1e1f, 1.5E-1F, 0x1p1f, 0x.1P0F, 1_0f, 017f};
    static final char[] CHARS = {
        'a', '"', '\'', '\\', '\n', '\t', '\b', '\r', '\f', '\s', '\0', '\7', '\12', '\377', '\u0041', 'é', '€'
    };
    static final String[] STRINGS = {
        "", "'", "\"", "\\", "\b\t\n\f\r\s\0\18\377", "\u00e9", "é€", "// no /* comment */",
        """
        text "block" ""\" \""" of \
        one line \t\0\s 'and' é
        """,
        """
        """
    };
    int $, $value, _under, été, a$b, a_1, $1 = 1, array[][] = {{}, {1,}, };
    volatile transient int modified;
    ;

    static {
        synchronized (RareSyntax.class) {
        }
    }

    {
        this.$ = ~$value + -1 + +1 - (-1) ^ 3 | 4 & 5 << 1 >> 2 >>> 3 % 2;
        $ += 1; $ -= 1; $ *= 2; $ /= 2; $ %= 2; $ &= 1; $ |= 1; $ ^= 1; $ <<= 1; $ >>= 1; $ >>>= 1;
        $value = !true || false && $ <= 1 | $ >= 2 & $ != 3 ? $++ : --$;
    }

    <E extends Exception> RareSyntax(RareSyntax<T> this$, int... rest) throws E {
        this();
    }

    RareSyntax() {
        super();
    }

    native synchronized int[] natively(final @Deprecated int a[], Map.Entry<?, ? extends T[]>... more)[]
            throws java.io.IOException, IllegalStateException;

    int receives(@Deprecated RareSyntax<T> this, int[] @Deprecated ... last) {
        assert last != null : "none";
        assert $ > 0;
        outer:
        for (int i = 0, j = 1; i < j; i++, j--) {
            inner:
            do {
                if (i == 1) continue outer;
                else if (i == 2) break inner;
                else ;
            } while (i > 3);
        }
        for (; ; ) {
            break;
        }
        for (final var each : List.of(1)) while (false) ;
        switch ($) {
            case 1, 2:
            case 3:
                $++;
                break;
            default:
        }
        switch ((Object) this) {
            case null, default -> throw new IllegalStateException();
            case $Sub sub when sub.$ > 1 && !(sub.$ < 3) -> {
            }
            case Pair<?>(var left, Pair<?>(int right, _)) -> $ = right;
        }
        int yielded = switch ($) {
            case 1 -> 1;
            case 2 -> {
                yield 2;
            }
            default -> throw null;
        };
        try (var in = System.in; java.io.Closeable out = () -> {}; in) {
            $ = in.read();
        } catch (final java.io.IOException | RuntimeException e) {
            throw new Error(e) {};
        } finally {
            yielded = (int) (long) 1.5 + (char) -1 + ((Integer) 2) + int[].class.hashCode();
        }
        Object lambda = (Runnable & java.io.Serializable) () -> {};
        java.util.function.BiFunction<Integer, Integer, Integer> sum = (final int a, var b) -> a + b;
        java.util.function.IntFunction<int[][]> create = int[][]::new;
        java.util.function.Supplier<List<String>> make = ArrayList<String>::new;
        java.util.function.Function<Object, String> text = Object::toString, own = super::equals, same = this::<T>generic;
        int[][] sized = new int[1 + 1][], filled[] = {{{1}}}, made = new @Deprecated int[][] {{1}, {}};
        Object created = this.new Inner<>(1) {}, typed = new <T>Generic<List<T>>(), first = sized[0][1]++;
        record Local<A>(@Deprecated A a, int... rest) implements Comparable<Local<A>> {
            static int count;

            Local {
                count++;
            }
        }
        interface Shown { private static void hidden() {} default int shown() { return 1; } }
        if (!(lambda instanceof final String s && s.length() > 1) || lambda instanceof Pair<?>(int x, var y)) return 0;
        return RareSyntax.super.hashCode() + Outer.this.<T>generic(1).length + RareSyntax.<int[]>of().length;
    }

    enum Choice { ONE, @Deprecated TWO { }, THREE(3), ; Choice(int... n) { } }

    @interface Marker {
        int value() default 1 + 2;

        @Deprecated(since = "1", forRemoval = true)
        Class<? extends RareSyntax<?>>[] classes() default {};

        Override[] nested() default {@Override, @Override()};
    }

    non-sealed class $Sub extends RareSyntax<@Marker(1) Integer> {}

    final class _Sub extends RareSyntax<Map.@Marker(value = 2, classes = {}) Entry<String, int @Marker []>[]> {}
}
