package io.tidescope.store.naive;

import com.github.javaparser.JavaParser;
import com.github.javaparser.ParserConfiguration;
import com.github.javaparser.Position;
import com.github.javaparser.Range;
import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.NodeList;
import com.github.javaparser.ast.expr.SimpleName;
import com.github.javaparser.metamodel.PropertyMetaModel;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A node of JavaParser's own tree, as JavaParser's metamodel tells it: what it is, what it says and
 * what it consists of.
 */
final class Code {
    static final Position NOWHERE = new Position(Position.FIRST_LINE, Position.FIRST_COLUMN);

    private final String source;
    private final String kind;
    private final String role;
    private final @Nullable Code parent;
    private final @Nullable Range range;
    private final Class<?> place;
    private final Map<String, String> facts = new TreeMap<>();
    private final Map<String, List<Code>> parts = new TreeMap<>();
    private @Nullable String text;
    private @Nullable Range textRange;

    private Code(Node node, String source, String role, Class<?> place, @Nullable Code parent) {
        this.source = source;
        this.kind = node.getMetaModel().getTypeName();
        this.role = role;
        this.place = place;
        this.parent = parent;
        this.range = parent == null ? all(source) : node.getRange().orElse(null);
        for (PropertyMetaModel property : node.getMetaModel().getAllPropertyMetaModels()) {
            Object value = property.getValue(node);
            // The type of a pattern after instanceof is two nodes' property, and one's child.
            boolean others =
                    value instanceof Node child && child.getParentNode().orElse(null) != node;
            if (value != null && !others && !property.getName().equals("comment")) {
                read(property, value);
            }
        }
    }

    /** Parses a file with JavaParser as it comes; null when that complains. */
    static @Nullable Code parse(String source) {
        ParserConfiguration configuration =
                new ParserConfiguration()
                        .setLanguageLevel(ParserConfiguration.LanguageLevel.BLEEDING_EDGE)
                        .setAttributeComments(false);
        var result = new JavaParser(configuration).parse(source);
        return result.isSuccessful()
                ? new Code(result.getResult().orElseThrow(), source, "root", Node.class, null)
                : null;
    }

    private void read(PropertyMetaModel property, Object value) {
        switch (value) {
            case SimpleName name -> {
                text = name.getIdentifier();
                textRange = name.getRange().orElse(null);
            }
            case Node node -> parts.put(property.getName(), List.of(child(property, node)));
            case NodeList<?> list ->
                    parts.put(
                            property.getName(),
                            list.stream().map(node -> child(property, node)).toList());
            case String string -> text = string;
            default -> facts.put(property.getName(), value.toString());
        }
    }

    private Code child(PropertyMetaModel property, Node node) {
        return new Code(node, source, property.getName(), property.getType(), this);
    }

    /** The class's name. */
    String kind() {
        return kind;
    }

    boolean is(String... kinds) {
        return List.of(kinds).contains(kind);
    }

    /** The property of the parent that it stands in. */
    String role() {
        return role;
    }

    /** What may stand there. */
    Class<?> place() {
        return place;
    }

    @Nullable Code parent() {
        return parent;
    }

    /** Properties that are neither nodes nor text. */
    Map<String, String> facts() {
        return facts;
    }

    /** Properties that are nodes, and those that are lists of nodes, when there is a list. */
    Map<String, List<Code>> parts() {
        return parts;
    }

    List<Code> part(String property) {
        return parts.getOrDefault(property, List.of());
    }

    /** The name, or the value of a literal; null when it has none. */
    @Nullable String text() {
        return text;
    }

    /** Where the name stands; null for what is no name of its own. */
    @Nullable Range textRange() {
        return textRange;
    }

    boolean hasRange() {
        return range != null && (parent == null || !range.end.isBefore(range.begin));
    }

    /** From the first character to the last: where a file ends is not for its parser to say. */
    private static Range all(String source) {
        int lines = (int) source.chars().filter(c -> c == '\n').count();
        int column = source.length() - 1 - source.lastIndexOf('\n');
        return new Range(NOWHERE, new Position(lines + 1, column));
    }

    Range range() {
        return Objects.requireNonNull(range, kind);
    }

    Position begin() {
        return range().begin;
    }

    /** Index of its first character. */
    int start() {
        return Places.index(source, begin());
    }

    /** Index behind its last character. */
    int end() {
        return Places.index(source, range().end) + 1;
    }

    /** Whether a word is in it. */
    boolean says(String word) {
        return hasRange() && written(List.of(this)).contains(word);
    }

    /** What is written from the beginning of one to the end of another. */
    static String written(List<Code> codes) {
        return codes.isEmpty()
                ? ""
                : codes.getFirst()
                        .source
                        .substring(codes.getFirst().start(), codes.getLast().end());
    }

    /** The list of the parent that it is in, and what follows it there. */
    List<Code> fromHereInList() {
        if (parent == null) {
            return List.of(this);
        }
        List<Code> list = parent.part(role);
        return list.subList(list.indexOf(this), list.size());
    }

    boolean isFirstInList() {
        return parent == null || parent.part(role).getFirst() == this;
    }

    /** The parts in the order of the source; of two that begin together the shorter is first. */
    List<Code> children() {
        List<Code> children = new ArrayList<>();
        parts.values().forEach(children::addAll);
        children.sort(Comparator.comparing(Code::order).thenComparing(Code::lastOrder));
        return children;
    }

    private Position lastOrder() {
        return hasRange() ? range().end : NOWHERE;
    }

    private Position order() {
        return hasRange() ? begin() : NOWHERE;
    }

    /** Itself and everything below it, each node before its parts. */
    Stream<Code> all() {
        return Stream.concat(Stream.of(this), children().stream().flatMap(Code::all));
    }

    int size() {
        return (int) all().count();
    }

    /** Annotations and modifiers, as they are mixed in the source. */
    List<Code> modifiers() {
        return Stream.of(part("annotations"), part("modifiers"))
                .flatMap(Collection::stream)
                .sorted(Comparator.comparing(Code::order))
                .toList();
    }

    /** What is within its parentheses, however many. */
    Code withoutParentheses() {
        Code inner = this;
        while (inner.is("EnclosedExpr") && !inner.part("inner").isEmpty()) {
            inner = inner.part("inner").getFirst();
        }
        return inner;
    }

    /** Whether it is the statement that an {@code if}, a loop or a label governs. */
    boolean isBody() {
        Code owner = parent;
        return owner != null
                && switch (owner.kind) {
                    case "IfStmt" -> role.equals("thenStmt") || role.equals("elseStmt");
                    case "DoStmt", "ForEachStmt", "ForStmt", "WhileStmt" -> role.equals("body");
                    case "LabeledStmt" -> role.equals("statement");
                    default -> false;
                };
    }

    /** The statement in a block of one. */
    Code onlyStatement() {
        return is("BlockStmt") && part("statements").size() == 1
                ? part("statements").getFirst()
                : this;
    }

    /** Whether it is a name and nothing else. */
    boolean isPlainName() {
        return switch (kind) {
            case "NameExpr" -> true;
            case "Name" -> children().isEmpty();
            case "ClassOrInterfaceType" ->
                    children().isEmpty() && !parts.containsKey("typeArguments");
            default -> false;
        };
    }

    @Override
    public String toString() {
        return kind + (range == null ? "" : "@" + range);
    }
}
