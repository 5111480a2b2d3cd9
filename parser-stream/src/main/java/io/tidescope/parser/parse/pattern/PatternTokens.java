package io.tidescope.parser.parse.pattern;

import io.tidescope.parser.parse.pattern.PatternToken.Kind;
import io.tidescope.tree.match.PatternException;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The tokens of a pattern, without comments, and which brackets belong together. An index outside
 * of the tokens has the text {@code ""}.
 */
final class PatternTokens {
    /** How deep brackets may nest. */
    static final int DEEPEST = 100;

    /** How deep type arguments may nest: JavaParser looks ahead over them at each level. */
    static final int DEEPEST_ANGLES = 30;

    /** Annotations in a pattern: JavaParser looks ahead over a list of them at each. */
    static final int MOST_ANNOTATIONS = 50;

    private static final List<String> LONG_SYMBOLS =
            List.of("...", "->", "::", "==", "!=", "<=", ">=", "&&");

    private final String text;
    private final List<PatternToken> tokens = new ArrayList<>();
    private int[] partners = {};
    private int at;

    private PatternTokens(String text) {
        this.text = text;
    }

    /**
     * @throws PatternException when a literal, comment or bracket has no end, or no beginning
     */
    static PatternTokens of(String text) {
        var tokens = new PatternTokens(text);
        tokens.split();
        tokens.pair();
        return tokens;
    }

    int size() {
        return tokens.size();
    }

    PatternToken token(int index) {
        return tokens.get(index);
    }

    String text(int index) {
        return index >= 0 && index < tokens.size() ? tokens.get(index).text() : "";
    }

    boolean isWord(int index) {
        return index >= 0 && index < tokens.size() && tokens.get(index).isWord();
    }

    boolean isMany(int index) {
        return index >= 0 && index < tokens.size() && tokens.get(index).isMany();
    }

    /** The bracket that belongs to this one; -1 when it is none. */
    int partner(int index) {
        return index >= 0 && index < tokens.size() ? partners[index] : -1;
    }

    /** Whether both tokens are there and no line ends between them. */
    boolean onOneLine(int first, int second) {
        if (first < 0 || second >= tokens.size()) {
            return false;
        }
        String between = text.substring(token(first).end(), token(second).start());
        return between.indexOf('\n') < 0 && between.indexOf('\r') < 0;
    }

    /** Where the token begins that follows the one at an index of the text. */
    int behind(int index) {
        for (int i = 0; i + 1 < tokens.size(); i++) {
            if (token(i).end() > index) {
                return token(i + 1).start();
            }
        }
        return text.length();
    }

    private void split() {
        while (at < text.length()) {
            int start = at;
            char c = text.charAt(at);
            if (Character.isWhitespace(c)) {
                at++;
            } else if (text.startsWith("//", at)) {
                while (at < text.length() && text.charAt(at) != '\n' && text.charAt(at) != '\r') {
                    at++;
                }
            } else if (text.startsWith("/*", at)) {
                int end = text.indexOf("*/", at + 2);
                if (end < 0) {
                    throw new PatternException("the comment that begins here has no end", start);
                }
                at = end + 2;
            } else if (c == '"' || c == '\'') {
                literal(text.startsWith("\"\"\"", at) ? "\"\"\"" : String.valueOf(c));
                add(Kind.LITERAL, start);
            } else if (Character.isDigit(c)) {
                number();
                add(Kind.LITERAL, start);
            } else if (Character.isJavaIdentifierStart(text.codePointAt(at))) {
                word();
                add(Kind.WORD, start);
            } else {
                at += symbolLength();
                add(Kind.SYMBOL, start);
            }
        }
    }

    private void add(Kind kind, int start) {
        String token = text.substring(start, at);
        tokens.add(
                new PatternToken(
                        kind, start, at, token, kind == Kind.WORD ? HoleName.hole(token) : null));
    }

    private void literal(String quote) {
        int start = at;
        at += quote.length();
        while (at < text.length()) {
            char c = text.charAt(at);
            if (text.startsWith(quote, at)) {
                at += quote.length();
                return;
            }
            if (quote.length() == 1 && (c == '\n' || c == '\r')) {
                break;
            }
            at += c == '\\' && at + 1 < text.length() ? 2 : 1;
        }
        throw new PatternException("the literal that begins here has no closing " + quote, start);
    }

    private void number() {
        while (at < text.length()
                && (Character.isLetterOrDigit(text.charAt(at))
                        || text.charAt(at) == '_'
                        || text.charAt(at) == '.')) {
            at++;
        }
    }

    private void word() {
        while (at < text.length() && Character.isJavaIdentifierPart(text.codePointAt(at))) {
            at += Character.charCount(text.codePointAt(at));
        }
    }

    private int symbolLength() {
        return LONG_SYMBOLS.stream()
                .filter(symbol -> text.startsWith(symbol, at))
                .findFirst()
                .map(String::length)
                .orElse(Character.charCount(text.codePointAt(at)));
    }

    private void pair() {
        partners = new int[tokens.size()];
        Arrays.fill(partners, -1);
        var open = new ArrayDeque<Integer>();
        int angles = 0;
        int annotations = 0;
        for (int i = 0; i < tokens.size(); i++) {
            String token = text(i);
            int start = tokens.get(i).start();
            angles = angles(angles, i);
            annotations += token.equals("@") ? 1 : 0;
            if (annotations > MOST_ANNOTATIONS) {
                throw new PatternException("more than " + MOST_ANNOTATIONS + " annotations", start);
            }
            if (angles > DEEPEST_ANGLES) {
                throw new PatternException(
                        "type arguments nested more than " + DEEPEST_ANGLES + " deep", start);
            }
            switch (token) {
                case "(", "[", "{" -> {
                    if (open.size() == DEEPEST) {
                        throw new PatternException(
                                "nested more than " + DEEPEST + " brackets deep", start);
                    }
                    open.push(i);
                }
                case ")", "]", "}" -> {
                    if (open.isEmpty() || !closes(token, text(open.peek()))) {
                        throw new PatternException(
                                "nothing is open that " + token + " closes", start);
                    }
                    int partner = open.pop();
                    partners[i] = partner;
                    partners[partner] = i;
                }
                default -> {}
            }
        }
        if (!open.isEmpty()) {
            int last = open.peek();
            throw new PatternException(
                    text(last) + " is opened here and never closed", tokens.get(last).start());
        }
    }

    /** Angle brackets that are open behind the token, if they are of types. */
    private int angles(int before, int index) {
        return switch (text(index)) {
            case "<" -> before + 1;
            case ">" -> Math.max(0, before - 1);
            case ".", ",", "?", "&", "[", "]", "@" -> before;
            default -> isWord(index) ? before : 0;
        };
    }

    private static boolean closes(String bracket, String opening) {
        return switch (opening) {
            case "(" -> bracket.equals(")");
            case "[" -> bracket.equals("]");
            default -> bracket.equals("}");
        };
    }
}
