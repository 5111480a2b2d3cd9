package io.tidescope.store.naive;

import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Writes random Java out of few names, so that much of it is alike. */
public final class RandomSource {
    private static final List<String> NAMES = List.of("a", "b", "c", "f", "g");
    private static final List<String> TYPES =
            List.of("int", "A", "B", "A", "List<A>", "Map<A, B>", "int[]", "A[]", "p.A", "List<?>");
    private static final List<String> OPERATORS = List.of("+", "-", "==", "&&", "<");
    private static final List<String> BLANKS = List.of(" ", " ", " ", "\n    ", " /* c */ ", "  ");

    private final Random random;

    public RandomSource(Random random) {
        this.random = random;
    }

    /** A file. */
    public String file() {
        return "package p;\nimport java.util.%s;\n%s\n"
                .formatted(pick("List", "*", "Map"), some(1, 2, () -> type(2), "\n"));
    }

    private String type(int depth) {
        String members = some(1, 5, () -> member(depth - 1), "\n");
        return switch (random.nextInt(6)) {
            case 0 -> modifiers() + "interface " + typeName() + " {\n" + members + "\n}";
            case 1 ->
                    modifiers()
                            + "enum "
                            + typeName()
                            + " { "
                            + some(1, 3, () -> constant(depth - 1), ", ")
                            + "; "
                            + some(0, 3, () -> member(depth - 1), "\n")
                            + " }";
            case 2 -> "record R(" + parameters() + ") { " + method(depth) + " }";
            default ->
                    modifiers()
                            + "class "
                            + typeName()
                            + maybe("<T extends A>")
                            + maybe(" extends B")
                            + maybe(" implements " + some(1, 3, this::typeName, ", "))
                            + " {\n"
                            + members
                            + "\n}";
        };
    }

    private String constant(int depth) {
        return pick("X", "Y", "Z") + maybe("(" + arguments(1) + ")") + maybe(classBody(depth));
    }

    /** Of a class without a name. */
    private String classBody(int depth) {
        return " { " + some(0, 3, () -> member(depth), "\n") + " }";
    }

    private String member(int depth) {
        return switch (random.nextInt(8)) {
            case 0, 1 -> modifiers() + declaration(depth) + ";";
            case 2 -> depth > 0 ? type(depth) : method(depth);
            case 3 -> maybe("static ") + block(depth);
            default -> method(depth);
        };
    }

    private String method(int depth) {
        return modifiers()
                + maybe("<T> ")
                + pick("void", typeOf())
                + " "
                + name()
                + "("
                + parameters()
                + ")"
                + maybe(" throws " + some(1, 3, this::typeName, ", "))
                + " "
                + block(depth + 1);
    }

    private String modifiers() {
        return switch (random.nextInt(8)) {
            case 0 -> "public ";
            case 1 -> "@Deprecated public ";
            case 2 -> "private static final ";
            case 3 -> "@A(1) @B ";
            case 4 -> "public @A(x = 1) static ";
            default -> "";
        };
    }

    private String parameters() {
        return some(0, 3, () -> maybe("final ") + typeOf() + " " + name(), ", ");
    }

    private String block(int depth) {
        return "{" + blank() + some(0, 4, () -> statement(depth), blank()) + blank() + "}";
    }

    private String statement(int depth) {
        if (depth <= 0) {
            return simple();
        }
        int less = depth - 1;
        return switch (random.nextInt(16)) {
            case 0 -> "if (" + expression(less) + ") " + body(less) + maybe(" else " + body(less));
            case 1 -> "while (" + expression(less) + ") " + body(less);
            case 2 ->
                    "for ("
                            + typeOf()
                            + " "
                            + name()
                            + " : "
                            + expression(less)
                            + ") "
                            + body(less);
            case 3 ->
                    "for (int "
                            + name()
                            + " = 0; "
                            + expression(less)
                            + "; "
                            + name()
                            + "++) "
                            + body(less);
            case 4 ->
                    "try "
                            + block(less)
                            + some(1, 2, () -> "catch (" + caught() + ") " + block(less), " ")
                            + maybe(" finally " + block(less));
            case 5 -> block(less);
            case 6 ->
                    "switch ("
                            + name()
                            + ") { case 1: "
                            + some(0, 2, () -> statement(less), " ")
                            + " case 2, 3: "
                            + simple()
                            + " default: break; }";
            case 7 -> "switch (" + name() + ") { case X -> " + call(1) + "; default -> {} }";
            case 8 -> "synchronized (" + name() + ") " + block(less);
            case 9 -> "do " + body(less) + " while (" + expression(less) + ");";
            default -> simple();
        };
    }

    private String caught() {
        return pick("A e", "B e", "A | B e", "final A e");
    }

    private String body(int depth) {
        return random.nextBoolean() ? statement(depth) : block(depth);
    }

    private String simple() {
        return switch (random.nextInt(8)) {
            case 0 -> "return " + expression(1) + ";";
            case 1 -> maybe("final ") + declaration(1) + ";";
            case 2 -> "throw new A(" + arguments(1) + ");";
            case 3 -> name() + " = " + expression(2) + ";";
            case 4 -> "return;";
            default -> call(2) + ";";
        };
    }

    private String declaration(int depth) {
        return typeOf()
                + " "
                + name()
                + maybe(" = " + expression(depth + 1))
                + maybe(", " + name());
    }

    private String call(int depth) {
        return maybe(pick("a", "b", "this", "\"s\"", "f()") + ".")
                + name()
                + "("
                + arguments(depth)
                + ")";
    }

    private String arguments(int depth) {
        return some(0, 3, () -> expression(depth - 1), "," + blank());
    }

    private String expression(int depth) {
        if (depth <= 0) {
            return pick(name(), name(), "1", "\"s\"", "this", "null");
        }
        int less = depth - 1;
        return switch (random.nextInt(14)) {
            case 0 -> expression(less) + " " + pick(OPERATORS) + " " + expression(0);
            case 1 -> "(" + expression(less) + ")";
            case 2 ->
                    "new "
                            + pick("A", "List<A>", "List<>", "B")
                            + "("
                            + arguments(less)
                            + ")"
                            + maybe(classBody(0));
            case 3 -> "a." + name();
            case 4 -> name() + " -> " + expression(less);
            case 5 -> "(" + name() + ", " + name() + ") -> " + block(less);
            case 6 -> name() + "[" + expression(less) + "]";
            case 7 -> "(A) " + expression(0);
            case 8 -> name() + " instanceof A" + maybe(" " + name());
            case 9 -> name() + " ? " + expression(less) + " : " + expression(0);
            case 10 -> pick("A", "a") + "::" + pick("f", "new");
            case 11 -> "!" + name();
            default -> call(less);
        };
    }

    private String typeOf() {
        return pick(TYPES);
    }

    private String typeName() {
        return pick("A", "B", "C");
    }

    private String name() {
        return pick(NAMES);
    }

    private String blank() {
        return pick(BLANKS);
    }

    private String maybe(String text) {
        return random.nextInt(3) == 0 ? text : "";
    }

    private String some(int least, int most, Supplier<String> element, String between) {
        return IntStream.range(0, least + random.nextInt(most - least + 1))
                .mapToObj(i -> element.get())
                .collect(Collectors.joining(between));
    }

    private String pick(String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private String pick(List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
