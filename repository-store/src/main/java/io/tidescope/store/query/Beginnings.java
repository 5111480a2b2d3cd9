package io.tidescope.store.query;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Ranges of sorted names that a scan can be restricted to. */
final class Beginnings {
    static final List<String> ALL = List.of("");

    /** Characters whose case is varied: a few narrow the scan enough, all would be too many. */
    private static final int VARIED = 3;

    private Beginnings() {}

    /** The spellings, in capitals and small letters, of a text's first characters; sorted. */
    static List<String> inAnyCase(String text) {
        int length = Math.min(VARIED, text.length());
        if (Character.isHighSurrogate(text.charAt(length - 1))) {
            length--;
        }
        List<String> spellings = List.of("");
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            TreeSet<Character> cases = new TreeSet<>();
            cases.add(c);
            cases.add(Character.toUpperCase(c));
            cases.add(Character.toLowerCase(c));
            List<String> longer = new ArrayList<>();
            for (String spelling : spellings) {
                cases.forEach(variant -> longer.add(spelling + variant));
            }
            spellings = longer;
        }
        return spellings.stream().sorted(CodePointOrder.CODE_POINT_ORDER).toList();
    }
}
