package io.tidescope.parser.parse.pattern;

import static java.util.Objects.requireNonNull;

import io.tidescope.tree.NodeKind;
import io.tidescope.tree.match.Hole;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Makes holes legal Java where a name alone is not: a statement gets its semicolon, a parameter and
 * a member a type, modifiers become an annotation, an entry of a switch its {@code case}.
 *
 * <p>In a body of members, {@code $$$A void f()} on one line is a method with any modifiers; when a
 * line ends behind the hole, it is any members and then the method.
 */
final class HolePlaces {
    private final PatternTokens tokens;
    private final Surroundings around;
    private final Rewritten rewritten;
    private final Deque<Frame> frames = new ArrayDeque<>();

    private HolePlaces(String text, PatternTokens tokens, Place top) {
        this.tokens = tokens;
        this.around = new Surroundings(tokens);
        this.rewritten = new Rewritten(text);
        frames.push(new Frame(-1, top));
    }

    static Rewritten rewrite(String text, PatternTokens tokens, Place top) {
        var places = new HolePlaces(text, tokens, top);
        for (int i = 0; i < tokens.size(); i++) {
            places.token(i);
        }
        return places.rewritten.finished();
    }

    private void token(int i) {
        Frame frame = frames.element();
        if (tokens.token(i).hole() != null) {
            hole(i, frame);
            return;
        }
        switch (tokens.text(i)) {
            case "(" -> frames.push(new Frame(i, around.parenthesis(i, frame)));
            case "[" -> frames.push(new Frame(i, Place.OTHER));
            case "{" -> {
                frames.push(new Frame(i, around.brace(i, frame)));
                frame.header = "";
            }
            case ")", "]", "}" -> frames.pop();
            case "<" -> frame.angles++;
            case ">" -> frame.angles--;
            case ";" -> {
                frame.header = "";
                frame.place = frame.place == Place.CONSTANTS ? Place.MEMBERS : frame.place;
            }
            case "class", "interface", "enum" -> {
                if (!tokens.text(i - 1).equals(".")) {
                    frame.header = tokens.text(i);
                }
            }
            case "record" -> {
                String behind = tokens.text(i + 2);
                if (tokens.isWord(i + 1) && (behind.equals("(") || behind.equals("<"))) {
                    frame.header = "record";
                }
            }
            case "case", "default" -> frame.inLabel = frame.place == Place.ENTRIES;
            case ":", "->" -> {
                if (frame.inLabel) {
                    frame.inLabel = false;
                    frame.arrow = tokens.text(i).equals("->");
                }
            }
            default -> {}
        }
    }

    private void hole(int i, Frame frame) {
        switch (frame.place) {
            case STATEMENTS -> statement(i, frame);
            case MEMBERS -> member(i, frame);
            case ENTRIES -> entry(i, frame);
            case TYPES -> {
                if (tokens.isMany(i)
                        && (begins(i, frame) || around.followsModifier(i))
                        && declares(i)) {
                    makeModifiers(i, frame);
                }
            }
            case PARAMETERS -> {
                if (isElement(i, frame)) {
                    make(NodeKind.PARAMETER, i, frame, "", " " + tokens.text(i));
                } else if (tokens.isMany(i)
                        && frame.angles == 0
                        && declares(i)
                        && (isSeparator(i - 1) || around.followsModifier(i))) {
                    makeModifiers(i, frame);
                }
            }
            case PATTERNS -> {
                if (isElement(i, frame)) {
                    make(NodeKind.TYPE_PATTERN_EXPR, i, frame, "", " " + tokens.text(i));
                }
            }
            case PAIRS -> {
                if (isElement(i, frame)) {
                    make(NodeKind.MEMBER_VALUE_PAIR, i, frame, "", " = " + tokens.text(i));
                }
            }
            case CONSTANTS, OTHER -> {}
        }
    }

    private void statement(int i, Frame frame) {
        if (!beginsStatement(i, frame)) {
            return;
        }
        String behind = tokens.text(i + 1);
        if (tokens.isMany(i)) {
            make(NodeKind.EXPRESSION_STMT, i, frame, "", behind.equals(";") ? "" : ";");
        } else if (switch (behind) {
            case "", "}", "else", "while", "case", "default" -> true;
            default ->
                    tokens.isMany(i + 1)
                            || !tokens.onOneLine(i, i + 1)
                                    && (tokens.isWord(i + 1) && !behind.equals("instanceof")
                                            || behind.equals("{")
                                            || behind.equals("@"));
        }) {
            make(NodeKind.EXPRESSION_STMT, i, frame, "", ";");
        }
    }

    private void entry(int i, Frame frame) {
        if (frame.inLabel) {
            return;
        }
        boolean first = i == frame.open + 1;
        boolean behindArrow =
                frame.arrow && (tokens.text(i - 1).equals(";") || tokens.text(i - 1).equals("}"));
        boolean behindEntry = frame.behindHole == i && !tokens.text(i - 2).equals("->");
        boolean alone =
                switch (tokens.text(i + 1)) {
                    case "", "}", "case", "default" -> true;
                    default -> false;
                };
        boolean group = !first && !frame.arrow;
        if (alone && !group && (first || behindArrow || behindEntry)) {
            make(NodeKind.SWITCH_ENTRY, i, frame, "case ", ":");
            frame.arrow = true;
        } else {
            statement(i, frame);
        }
    }

    private void member(int i, Frame frame) {
        boolean many = tokens.isMany(i);
        if (!begins(i, frame)) {
            if (many && around.followsModifier(i) && declares(i)) {
                makeModifiers(i, frame);
            }
            return;
        }
        String behind = tokens.text(i + 1);
        if (many && declares(i) && (tokens.onOneLine(i, i + 1) || i == 0)) {
            makeModifiers(i, frame);
        } else if (behind.equals(";")) {
            make(NodeKind.FIELD_DECLARATION, i, frame, "", " " + tokens.text(i));
        } else if (many || behind.isEmpty() || behind.equals("}") || tokens.isMany(i + 1)) {
            make(NodeKind.FIELD_DECLARATION, i, frame, "", " " + tokens.text(i) + ";");
        }
    }

    private void makeModifiers(int i, Frame frame) {
        make(NodeKind.MARKER_ANNOTATION_EXPR, i, frame, "@", "");
    }

    private void make(NodeKind kind, int i, Frame frame, String before, String behind) {
        PatternToken token = tokens.token(i);
        Hole hole = requireNonNull(token.hole());
        rewritten.make(kind, hole, token, before, behind);
        frame.behindHole = i + 1;
    }

    /** Whether a declaration may begin with what stands behind the token. */
    private boolean declares(int i) {
        return switch (tokens.text(i + 1)) {
            case "@", "<" -> true;
            default -> tokens.isWord(i + 1) && !tokens.isMany(i + 1);
        };
    }

    /** Whether a declaration or statement may begin with the token. */
    private boolean begins(int i, Frame frame) {
        return i == frame.open + 1
                || i == frame.behindHole
                || tokens.text(i - 1).equals(";")
                || tokens.text(i - 1).equals("}");
    }

    private boolean beginsStatement(int i, Frame frame) {
        if (begins(i, frame)) {
            return true;
        }
        return switch (tokens.text(i - 1)) {
            case "else", "do" -> true;
            case "->" -> frame.place == Place.ENTRIES;
            case ":" -> frame.place == Place.ENTRIES || isLabel(i - 2, frame);
            case ")" -> around.closesHead(i - 1);
            default -> false;
        };
    }

    private boolean isLabel(int i, Frame frame) {
        return tokens.isWord(i) && (begins(i, frame) || tokens.text(i - 1).equals(":"));
    }

    /** Whether the token stands alone between commas and the around around it. */
    private boolean isElement(int i, Frame frame) {
        String behind = tokens.text(i + 1);
        return frame.angles == 0
                && isSeparator(i - 1)
                && (behind.equals(",") || behind.equals(")"));
    }

    private boolean isSeparator(int i) {
        return tokens.text(i).equals("(") || tokens.text(i).equals(",");
    }
}
