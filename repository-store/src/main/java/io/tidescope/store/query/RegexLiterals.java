package io.tidescope.store.query;

/**
 * Text that a name must have for a regular expression to be found in it: cheap to look for, where
 * trying the expression is not. Only what stands plainly at the top of the expression is seen;
 * where in doubt there is none.
 *
 * @param somewhere the longest text that is in every name that matches; empty when none is known
 * @param beginning the text every name that matches begins with; empty when none is known
 */
record RegexLiterals(String somewhere, String beginning) {
    private static final RegexLiterals NONE = new RegexLiterals("", "");

    /** Escapes of one letter that stand for something of no fixed text. */
    private static final String CLASSES_AND_ASSERTIONS = "dDwWsSbBAz";

    /**
     * @param pattern a valid expression in RE2's syntax, compiled without flags
     */
    static RegexLiterals of(String pattern) {
        return pattern.contains("(?") ? NONE : new Reader(pattern).read();
    }

    /** Goes through an expression once; a run of letters ends where anything else begins. */
    private static final class Reader {
        private final String pattern;
        private final StringBuilder run = new StringBuilder();
        private int at;
        private int depth;
        private boolean atBeginning;
        private String longest = "";
        private String beginning = "";

        Reader(String pattern) {
            this.pattern = pattern;
        }

        RegexLiterals read() {
            if (pattern.startsWith("^")) {
                atBeginning = true;
                at = 1;
            }
            while (at < pattern.length()) {
                char next = pattern.charAt(at++);
                boolean understood =
                        switch (next) {
                            case '\\' -> passEscape();
                            case '[' -> passClass();
                            case '(' -> open();
                            case ')' -> close();
                            // An alternative makes all beside it optional, at the top.
                            case '|' -> depth > 0;
                            case '*', '?' -> dropRepeated();
                            // Bounds are digits, which are not to be looked for in the name.
                            case '{' -> depth > 0;
                            default -> take(next);
                        };
                if (!understood) {
                    return NONE;
                }
            }
            endRun();
            return new RegexLiterals(longest, beginning);
        }

        private boolean take(char next) {
            if (depth > 0) {
                return true;
            }
            // A character outside of ASCII may be two.
            if (next < 128 && (Character.isLetterOrDigit(next) || next == '_')) {
                run.append(next);
            } else {
                endRun();
            }
            return true;
        }

        /** What may be repeated may be there no time at all. */
        private boolean dropRepeated() {
            if (depth == 0 && !run.isEmpty()) {
                run.setLength(run.length() - 1);
            }
            return endRun();
        }

        private boolean open() {
            depth++;
            return endRun();
        }

        private boolean close() {
            depth--;
            return endRun();
        }

        private boolean passEscape() {
            char escaped = pattern.charAt(at++);
            return endRun()
                    && (CLASSES_AND_ASSERTIONS.indexOf(escaped) >= 0
                            || escaped < 128 && !Character.isLetterOrDigit(escaped));
        }

        /** A class of characters ends at a bracket, but not at its first character. */
        private boolean passClass() {
            endRun();
            if (at < pattern.length() && pattern.charAt(at) == '^') {
                at++;
            }
            int first = at;
            while (at < pattern.length()) {
                char next = pattern.charAt(at++);
                if (next == ']' && at - 1 > first) {
                    return true;
                }
                if (next == '\\') {
                    at++;
                } else if (next == '[') {
                    // Perhaps a named class, such as [:alpha:].
                    return false;
                }
            }
            return false;
        }

        private boolean endRun() {
            if (atBeginning) {
                beginning = run.toString();
                atBeginning = false;
            }
            if (run.length() > longest.length()) {
                longest = run.toString();
            }
            run.setLength(0);
            return true;
        }
    }
}
