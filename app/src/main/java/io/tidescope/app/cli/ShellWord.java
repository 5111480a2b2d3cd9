package io.tidescope.app.cli;

import java.util.regex.Pattern;

/** A word of a command line that is shown to be copied into a shell. */
final class ShellWord {
    private static final Pattern PLAIN = Pattern.compile("[\\w@%+=:,./-]+");

    private ShellWord() {}

    /** As it is where a shell takes it so; else in single quotes. */
    static String of(String text) {
        return PLAIN.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
