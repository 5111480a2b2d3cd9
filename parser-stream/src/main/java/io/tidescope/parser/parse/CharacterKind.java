package io.tidescope.parser.parse;

import java.util.Arrays;

/** What a byte of a Java source may grow together with when a blank before or behind it goes. */
enum CharacterKind {
    /** Letters, digits and what is not ASCII. */
    WORD,
    /** Characters of operators that no word grows together with. */
    OPERATOR,
    /** Characters that never grow together with anything. */
    SEPARATOR,
    BLANK,
    LINE_END,
    QUOTE,
    OTHER,
    /** Only in literals and comments. */
    FOREIGN;

    private static final CharacterKind[] KINDS = kinds();

    static CharacterKind of(byte b) {
        return KINDS[b & 0xFF];
    }

    private static CharacterKind[] kinds() {
        CharacterKind[] kinds = new CharacterKind[256];
        Arrays.fill(kinds, FOREIGN);
        // A character outside of the basic plane takes two columns.
        Arrays.fill(kinds, 0x80, 0xF0, WORD);
        set(kinds, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_$", WORD);
        set(kinds, "(){}[];,", SEPARATOR);
        set(kinds, "=<>!~?:&|*/^%", OPERATOR);
        // Signs stand in numbers too: 1e+5.
        set(kinds, "+-.@", OTHER);
        set(kinds, " \t\f", BLANK);
        set(kinds, "\n\r", LINE_END);
        set(kinds, "\"'", QUOTE);
        return kinds;
    }

    private static void set(CharacterKind[] kinds, String characters, CharacterKind kind) {
        characters.chars().forEach(c -> kinds[c] = kind);
    }
}
