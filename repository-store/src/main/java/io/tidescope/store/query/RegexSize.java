package io.tidescope.store.query;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * About how many instructions a regular expression compiles to, found without compiling it: one for
 * each thing that it matches, as often as that is repeated.
 */
final class RegexSize {
    /** More than anybody asks about, and small enough to go on counting with. */
    private static final long LARGE = 1_000_000_000;

    private final String pattern;
    private final Deque<Long> outer = new ArrayDeque<>();

    /** Of the group that is open, and of the last thing in it. */
    private long size;

    private long last;
    private int at;

    private RegexSize(String pattern) {
        this.pattern = pattern;
    }

    static long of(String pattern) {
        return new RegexSize(pattern).count();
    }

    private long count() {
        while (at < pattern.length()) {
            char c = pattern.charAt(at++);
            switch (c) {
                case '(' -> {
                    outer.push(size);
                    size = 1;
                    last = 0;
                }
                case ')' -> {
                    last = size + 1;
                    size = last + (outer.isEmpty() ? 0 : outer.pop());
                }
                case '{' -> repeat();
                case '[' -> {
                    skipClass();
                    add();
                }
                case '\\' -> {
                    skipEscape();
                    add();
                }
                default -> add();
            }
        }
        while (!outer.isEmpty()) {
            size += outer.pop();
        }
        return size;
    }

    private void add() {
        last = 1;
        size++;
    }

    /** Bounds that are no numbers are letters. */
    private void repeat() {
        int close = pattern.indexOf('}', at);
        long most = 0;
        for (String bound : pattern.substring(at, close < 0 ? at : close).split(",")) {
            if (!bound.isEmpty()
                    && bound.length() <= 4
                    && bound.chars().allMatch(RegexSize::isDigit)) {
                most = Math.max(most, Long.parseLong(bound));
            }
        }
        if (most == 0) {
            add();
            return;
        }
        size = Math.min(LARGE, size + last * (most - 1));
        last = Math.min(LARGE, last * most);
        at = close + 1;
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    /** To its end: a bracket that comes first, or is escaped, is none. */
    private void skipClass() {
        if (at < pattern.length() && pattern.charAt(at) == '^') {
            at++;
        }
        boolean first = true;
        while (at < pattern.length()) {
            char c = pattern.charAt(at++);
            if (c == '\\') {
                at++;
            } else if (c == '[' && pattern.startsWith(":", at) && pattern.indexOf(":]", at) >= 0) {
                at = pattern.indexOf(":]", at) + 2;
            } else if (c == ']' && !first) {
                return;
            }
            first = false;
        }
    }

    /** The braces of a name or a number are no repetition. */
    private void skipEscape() {
        char c = at < pattern.length() ? pattern.charAt(at++) : ' ';
        if ((c == 'p' || c == 'P' || c == 'x') && pattern.startsWith("{", at)) {
            int close = pattern.indexOf('}', at);
            at = close < 0 ? at : close + 1;
        }
    }
}
