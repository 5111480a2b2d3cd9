package io.tidescope.store.naive;

import io.tidescope.tree.NodeKind;
import io.tidescope.tree.Role;
import io.tidescope.tree.SyntaxTree;
import io.tidescope.tree.match.Hole;
import io.tidescope.tree.match.Pattern;
import io.tidescope.tree.match.PatternException;
import io.tidescope.tree.match.PatternReader;
import io.tidescope.tree.match.Rule;
import io.tidescope.tree.match.Rule.Relation;
import io.tidescope.tree.match.Rule.StopBy;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Makes rules of both kinds, which are to find the same. */
public final class NaiveRules {
    private static final List<NodeKind> KINDS =
            List.of(
                    NodeKind.METHOD_CALL_EXPR,
                    NodeKind.IF_STMT,
                    NodeKind.BLOCK_STMT,
                    NodeKind.NAME_EXPR,
                    NodeKind.METHOD_DECLARATION,
                    NodeKind.CLASS_OR_INTERFACE_TYPE);

    private static final List<String> HOLES = List.of("A", "B", "C", "L", "M");
    private static final List<String> WORDS = List.of("a", "b", "(", "f", "A");

    private final List<NaiveFile> files;
    private final Random random;
    private final PatternReader reader;

    public NaiveRules(List<NaiveFile> files, Random random, PatternReader reader) {
        this.files = files;
        this.random = random;
        this.reader = reader;
    }

    /** A rule, in both forms and for a person. */
    public record Pair(NaiveRule naive, Rule rule, String text) {}

    /** A rule; null when its patterns are read as something else than they were made as. */
    public @Nullable Pair next() {
        Pair first = pattern();
        if (first == null || random.nextInt(2) == 0) {
            return first;
        }
        Pair second = random.nextInt(3) == 0 ? simple() : pattern();
        if (second == null) {
            return null;
        }
        return switch (random.nextInt(7)) {
            case 6 -> constrained(first);
            case 0 ->
                    new Pair(
                            new NaiveRule.Any(first.naive(), second.naive()),
                            new Rule.Any(List.of(first.rule(), second.rule())),
                            "any of %s and %s".formatted(first.text(), second.text()));
            case 1 -> both(first, not(second));
            case 2 -> both(second, related(first));
            case 3 -> both(first, not(related(second)));
            default -> both(first, related(second));
        };
    }

    private static Pair both(Pair first, Pair second) {
        return new Pair(
                new NaiveRule.All(first.naive(), second.naive()),
                new Rule.All(List.of(first.rule(), second.rule())),
                "all of %s and %s".formatted(first.text(), second.text()));
    }

    private static Pair not(Pair rule) {
        return new Pair(
                new NaiveRule.Not(rule.naive()), new Rule.Not(rule.rule()), "not " + rule.text());
    }

    private Pair related(Pair rule) {
        Relation relation = Relation.values()[random.nextInt(Relation.values().length)];
        NodeKind kind = KINDS.get(random.nextInt(KINDS.size()));
        return switch (random.nextInt(3)) {
            case 0 -> related(relation, rule, "next", new StopBy.Neighbour());
            case 1 -> related(relation, rule, "", new StopBy.End());
            default ->
                    related(
                            relation,
                            rule,
                            kind.label(),
                            new StopBy.At(new Rule.OfKind(Set.of(kind))));
        };
    }

    private static Pair related(Relation relation, Pair rule, String stop, StopBy stopBy) {
        return new Pair(
                new NaiveRule.Related(relation, rule.naive(), stop),
                new Rule.Related(relation, rule.rule(), stopBy),
                "%s (%s) %s".formatted(relation, stop, rule.text()));
    }

    /** A rule without holes. */
    private Pair simple() {
        NodeKind kind = KINDS.get(random.nextInt(KINDS.size()));
        String word = WORDS.get(random.nextInt(WORDS.size()));
        return random.nextBoolean()
                ? new Pair(
                        new NaiveRule.OfKind(kind.label()),
                        new Rule.OfKind(Set.of(kind)),
                        "kind " + kind.label())
                : new Pair(
                        new NaiveRule.Says(word),
                        new Rule.Text(text -> text.toString().contains(word)),
                        "text " + word);
    }

    private Pair constrained(Pair rule) {
        String hole = HOLES.get(random.nextInt(HOLES.size()));
        Pair constraint = simple();
        return new Pair(
                new NaiveRule.Constrained(rule.naive(), hole, constraint.naive()),
                new Rule.Constrained(rule.rule(), Map.of(hole, constraint.rule())),
                "%s where %s has %s".formatted(rule.text(), hole, constraint.text()));
    }

    private @Nullable Pair pattern() {
        @Nullable NaivePattern naive =
                PatternMaker.make(files.get(random.nextInt(files.size())), random);
        if (naive == null) {
            return null;
        }
        try {
            Pattern pattern = reader.read(naive.text());
            return shape(pattern).equals(naive.shape())
                    ? new Pair(
                            new NaiveRule.Matches(naive),
                            new Rule.Matches(pattern),
                            "<" + naive.text() + ">")
                    : null;
        } catch (PatternException e) {
            return null;
        }
    }

    /** What {@link NaivePattern#shape} says of a pattern. */
    private static String shape(Pattern pattern) {
        return pattern.roots().stream()
                .map(root -> shape(pattern, root))
                .collect(Collectors.joining(" "));
    }

    private static String shape(Pattern pattern, int node) {
        SyntaxTree tree = pattern.tree();
        Hole hole = pattern.nodeHoles().get(node);
        if (hole != null) {
            return (hole.many() ? "$$$" : "$") + hole.name();
        }
        Map<String, List<Integer>> children = new TreeMap<>();
        for (int child = node + 1; child < tree.subtreeEnd(node); child = tree.subtreeEnd(child)) {
            String role =
                    tree.role(child) == Role.MODIFIERS
                            ? Role.ANNOTATIONS.label()
                            : tree.role(child).label();
            children.computeIfAbsent(role, first -> new ArrayList<>()).add(child);
        }
        children.computeIfPresent(
                Role.ANNOTATIONS.label(),
                (role, modifiers) ->
                        modifiers.stream().sorted(Comparator.comparingInt(tree::start)).toList());
        Map<String, String> shapes = new TreeMap<>();
        children.forEach(
                (role, list) ->
                        shapes.put(
                                role,
                                list.stream()
                                        .map(child -> shape(pattern, child))
                                        .collect(Collectors.joining(" "))));
        Hole text = pattern.textHoles().get(node);
        String type =
                tree.kind(node) != NodeKind.SWITCH_ENTRY
                        ? ""
                        : tree.attributes(node).stream()
                                .filter(attribute -> attribute.name().equals("type"))
                                .map(attribute -> attribute.value())
                                .findFirst()
                                .orElseThrow();
        return tree.kind(node).label() + type + (text == null ? "" : "$" + text.name()) + shapes;
    }
}
