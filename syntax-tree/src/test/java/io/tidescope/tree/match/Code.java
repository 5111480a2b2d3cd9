package io.tidescope.tree.match;

import io.tidescope.tree.NodeKind;
import io.tidescope.tree.Role;
import io.tidescope.tree.SyntaxTree;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A piece of Java put together by hand, with what the parser would make of it: source, identifiers
 * and children in their roles. A text that begins with {@code $} is a hole.
 *
 * @param parts strings, {@link Id}s and {@link Child}ren, in the order of the source
 */
record Code(NodeKind kind, int bits, boolean hole, List<Object> parts) {
    /** An identifier, or a literal between quotes. */
    record Id(String text) {}

    record Child(Role role, Code code) {}

    static Code of(NodeKind kind, Object... parts) {
        return new Code(kind, 0, false, List.of(parts));
    }

    static Code name(String name) {
        return new Code(NodeKind.NAME_EXPR, 0, name.startsWith("$"), List.of(new Id(name)));
    }

    static Code type(String name) {
        return new Code(
                NodeKind.CLASS_OR_INTERFACE_TYPE, 0, name.startsWith("$"), List.of(new Id(name)));
    }

    static Code number(String value) {
        return of(NodeKind.INTEGER_LITERAL_EXPR, new Id(value));
    }

    static Code call(String name, Code... arguments) {
        var parts = new ArrayList<Object>(List.of(new Id(name), "("));
        list(parts, Role.ARGUMENTS, ", ", arguments);
        parts.add(")");
        return new Code(NodeKind.METHOD_CALL_EXPR, 0, false, parts);
    }

    static Code plus(Code left, Code right) {
        return of(
                        NodeKind.BINARY_EXPR,
                        new Child(Role.LEFT, left),
                        " + ",
                        new Child(Role.RIGHT, right))
                .withBits(14);
    }

    static Code enclosed(Code inner) {
        return of(NodeKind.ENCLOSED_EXPR, "(", new Child(Role.INNER, inner), ")");
    }

    static Code statement(Code expression) {
        return of(NodeKind.EXPRESSION_STMT, new Child(Role.EXPRESSION, expression), ";");
    }

    /** A statement that is a hole as a whole. */
    static Code anyStatement(String name) {
        return statement(name(name)).asHole();
    }

    static Code block(Code... statements) {
        var parts = new ArrayList<Object>(List.of("{ "));
        list(parts, Role.STATEMENTS, " ", statements);
        parts.add(" }");
        return new Code(NodeKind.BLOCK_STMT, 0, false, parts);
    }

    static Code ifThen(Code condition, Code then) {
        return of(
                NodeKind.IF_STMT,
                "if (",
                new Child(Role.CONDITION, condition),
                ") ",
                new Child(Role.THEN_STMT, then));
    }

    static Code method(String name, Code body, Code... modifiers) {
        var parts = new ArrayList<Object>();
        for (Code modifier : modifiers) {
            boolean keyword = modifier.kind() == NodeKind.MODIFIER;
            parts.add(new Child(keyword ? Role.MODIFIERS : Role.ANNOTATIONS, modifier));
            parts.add(" ");
        }
        parts.add(new Child(Role.TYPE, of(NodeKind.VOID_TYPE, "void")));
        parts.addAll(List.of(" ", new Id(name), "() ", new Child(Role.BODY, body)));
        return new Code(NodeKind.METHOD_DECLARATION, 0, false, parts);
    }

    static Code modifier(String keyword, int bits) {
        return of(NodeKind.MODIFIER, keyword).withBits(bits);
    }

    static Code annotation(String name) {
        return of(
                NodeKind.MARKER_ANNOTATION_EXPR,
                "@",
                new Child(Role.NAME, of(NodeKind.NAME, new Id(name))));
    }

    /** A class of these members. */
    static Code type(String name, Code... members) {
        var parts = new ArrayList<Object>(List.of("class ", new Id(name), " { "));
        list(parts, Role.MEMBERS, " ", members);
        parts.add(" }");
        return new Code(NodeKind.CLASS_OR_INTERFACE_DECLARATION, 0, false, parts);
    }

    Code withBits(int other) {
        return new Code(kind, other, hole, parts);
    }

    Code asHole() {
        return new Code(kind, bits, true, parts);
    }

    /** A whole tree of this. */
    SyntaxTree tree() {
        return new CodeWriter(source(this)).write(this).build();
    }

    /** A pattern of neighbours, which must be of the same sort. */
    static Pattern pattern(Code... roots) {
        Code around = roots.length == 1 ? roots[0] : block(roots);
        var writer = new CodeWriter(source(around));
        SyntaxTree tree = writer.write(around).build();
        var numbers = new ArrayList<Integer>();
        if (roots.length == 1) {
            numbers.add(0);
        } else {
            for (int n = 1; n < tree.nodeCount(); n = tree.subtreeEnd(n)) {
                numbers.add(n);
            }
        }
        return new Pattern(
                source(around),
                PatternForm.STATEMENTS,
                tree,
                numbers,
                writer.nodeHoles,
                writer.textHoles);
    }

    private static void list(List<Object> parts, Role role, String separator, Code... elements) {
        for (int i = 0; i < elements.length; i++) {
            parts.add(i == 0 ? "" : separator);
            parts.add(new Child(role, elements[i]));
        }
    }

    static String source(Object part) {
        return switch (part) {
            case Code code -> {
                var text = new StringBuilder();
                code.parts().forEach(each -> text.append(source(each)));
                yield text.toString();
            }
            case Child child -> source(child.code());
            case Id id -> id.text();
            default -> part.toString();
        };
    }

    /** The source between the places of captures, by name. */
    static Map<String, String> captured(SyntaxTree tree, Match match) {
        var texts = new HashMap<String, String>();
        match.captures().forEach((name, c) -> texts.put(name, tree.sourceText(c.start(), c.end())));
        return texts;
    }

    static List<String> found(SyntaxTree tree, Rule rule) {
        return Search.of(rule).find(tree, () -> {}).stream()
                .map(match -> tree.sourceText(match.start(), match.end()))
                .toList();
    }

    static List<String> found(Code code, Code... pattern) {
        return found(code.tree(), new Rule.Matches(pattern(pattern)));
    }

    static @Nullable Map<String, String> captured(Code code, Code... pattern) {
        SyntaxTree tree = code.tree();
        List<Match> matches = Search.of(new Rule.Matches(pattern(pattern))).find(tree, () -> {});
        return matches.isEmpty() ? null : captured(tree, matches.getFirst());
    }

    static Rule rule(Code... pattern) {
        return new Rule.Matches(pattern(pattern));
    }

    static Rule all(Rule... rules) {
        return new Rule.All(Arrays.asList(rules));
    }
}
