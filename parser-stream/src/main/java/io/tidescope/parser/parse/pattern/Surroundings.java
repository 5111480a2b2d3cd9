package io.tidescope.parser.parse.pattern;

import java.util.Set;

/** Tells from the tokens around a bracket what stands in it, and what a token follows. */
final class Surroundings {
    /** Type arguments longer than this are not looked through; they may be none at all. */
    private static final int MAX_ANGLE_TOKENS = 200;

    private static final Set<String> KEYWORDS =
            Set.of(
                    "if",
                    "for",
                    "while",
                    "switch",
                    "try",
                    "catch",
                    "synchronized",
                    "return",
                    "throw",
                    "else",
                    "do",
                    "yield",
                    "assert",
                    "case",
                    "instanceof",
                    "new",
                    "super",
                    "this",
                    "extends",
                    "implements",
                    "permits",
                    "throws",
                    "when",
                    "finally");

    private static final Set<String> MODIFIERS =
            Set.of(
                    "public",
                    "protected",
                    "private",
                    "static",
                    "abstract",
                    "final",
                    "native",
                    "synchronized",
                    "transient",
                    "volatile",
                    "strictfp",
                    "default",
                    "sealed");

    private final PatternTokens tokens;

    Surroundings(PatternTokens tokens) {
        this.tokens = tokens;
    }

    Place parenthesis(int open, Frame frame) {
        int name = open - 1;
        if (tokens.text(name).equals("catch")) {
            return Place.PARAMETERS;
        }
        int start = nameStart(name);
        if (start > name) {
            return isTypedLambda(open) ? Place.PARAMETERS : Place.OTHER;
        }
        String before = tokens.text(start - 1);
        if (before.equals("@")) {
            return hasPairs(open) ? Place.PAIRS : Place.OTHER;
        }
        if (frame.place == Place.PATTERNS && (before.equals("(") || before.equals(","))
                || before.equals("instanceof")
                || frame.inLabel && (before.equals("case") || before.equals(","))) {
            return Place.PATTERNS;
        }
        if (frame.header.equals("record")) {
            return Place.PARAMETERS;
        }
        if (start < name
                || frame.place != Place.MEMBERS
                || before.equals(".")
                || before.equals("::")
                || before.equals("new")) {
            return Place.OTHER;
        }
        String behind = tokens.text(tokens.partner(open) + 1);
        boolean body = behind.equals("{") || behind.equals("throws");
        boolean typed = typeEnds(start - 1);
        return body || typed ? Place.PARAMETERS : Place.OTHER;
    }

    Place brace(int open, Frame frame) {
        if (!frame.header.isEmpty()) {
            return frame.header.equals("enum") ? Place.CONSTANTS : Place.MEMBERS;
        }
        if (frame.place == Place.CONSTANTS) {
            return Place.MEMBERS;
        }
        return switch (tokens.text(open - 1)) {
            case ")" -> {
                int head = tokens.partner(open - 1) - 1;
                if (tokens.text(head).equals("switch")) {
                    yield Place.ENTRIES;
                }
                int start = nameStart(head);
                yield start <= head && tokens.text(start - 1).equals("new")
                        ? Place.MEMBERS
                        : Place.STATEMENTS;
            }
            case "=", "]", "(", "," -> Place.OTHER;
            case "{" -> frame.place == Place.OTHER ? Place.OTHER : Place.STATEMENTS;
            default -> Place.STATEMENTS;
        };
    }

    /** Whether what stands in the parentheses before is the head of a statement. */
    boolean closesHead(int close) {
        return tokens.text(close).equals(")")
                && switch (tokens.text(tokens.partner(close) - 1)) {
                    case "if", "for", "while" -> true;
                    default -> false;
                };
    }

    /** Whether a modifier or an annotation stands before the token. */
    boolean followsModifier(int i) {
        String before = tokens.text(i - 1);
        if (before.equals(")")) {
            int name = tokens.partner(i - 1) - 1;
            return tokens.text(nameStart(name) - 1).equals("@");
        }
        return MODIFIERS.contains(before) || tokens.text(nameStart(i - 1) - 1).equals("@");
    }

    /** The first token of the name, perhaps qualified and with type arguments, that ends there. */
    int nameStart(int last) {
        int at = last;
        while (true) {
            if (tokens.text(at).equals(">")) {
                at = angle(at) - 1;
            }
            if (!tokens.isWord(at) || KEYWORDS.contains(tokens.text(at))) {
                return last + 1;
            }
            if (!tokens.text(at - 1).equals(".")
                    || !(tokens.isWord(at - 2) || tokens.text(at - 2).equals(">"))) {
                return at;
            }
            at -= 2;
        }
    }

    private boolean typeEnds(int last) {
        String text = tokens.text(last);
        if (text.equals(">")) {
            int open = angle(last);
            return open >= 0 && !tokens.text(open - 1).equals(".");
        }
        return text.equals("]") || tokens.isWord(last) && !KEYWORDS.contains(text);
    }

    /** The angle bracket that belongs to the closing one; negative when there is none. */
    private int angle(int close) {
        int depth = 0;
        for (int i = close; i >= Math.max(0, close - MAX_ANGLE_TOKENS); i--) {
            switch (tokens.text(i)) {
                case ">" -> depth++;
                case "<" -> {
                    if (--depth == 0) {
                        return i;
                    }
                }
                case ".", ",", "?", "&", "[", "]", "@" -> {}
                default -> {
                    if (!tokens.isWord(i)) {
                        return -1;
                    }
                }
            }
        }
        return -1;
    }

    private boolean isTypedLambda(int open) {
        int close = tokens.partner(open);
        if (!tokens.text(close + 1).equals("->")) {
            return false;
        }
        for (int i = open + 1; i + 1 < close; i++) {
            if (tokens.isWord(i + 1) && typeEnds(i)) {
                return true;
            }
        }
        return false;
    }

    private boolean hasPairs(int open) {
        for (int i = open + 1; i < tokens.partner(open); i++) {
            if (tokens.text(i).equals("=")) {
                return true;
            }
            int partner = tokens.partner(i);
            i = partner > i ? partner : i;
        }
        return false;
    }
}
