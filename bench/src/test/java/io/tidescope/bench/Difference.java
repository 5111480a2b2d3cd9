package io.tidescope.bench;

import io.tidescope.tree.NodeKind;
import io.tidescope.tree.Role;
import io.tidescope.tree.SyntaxTree;
import io.tidescope.tree.match.Hole;
import io.tidescope.tree.match.Pattern;

import java.util.Optional;
import java.util.function.Predicate;

/**
 * Why TideScope and ast-grep differ at a place. Each looks for its reason at the place itself;
 * {@code docs/patterns.md} explains them to users.
 */
enum Difference {
    /** JavaParser does not understand the file, and what it skips has no nodes. */
    FILE_NOT_UNDERSTOOD(odd -> !odd.ours() && !odd.file().complete()),

    /** ast-grep says that it cannot read the pattern, or not all of it. */
    PATTERN_NOT_READ(odd -> odd.ours() && odd.peer().refused()),

    /** The body of a lambda or of a switch's entry is a statement without a semicolon. */
    BODY_WITHOUT_SEMICOLON(Difference::isBodyWithoutSemicolon),

    /** {@code (byte) i++} is {@code ((byte) i)++} to tree-sitter's grammar. */
    CAST_OF_POSTFIX(Difference::isCastOfPostfix),

    /** {@code (T) a::f} is {@code ((T) a)::f} to JavaParser. */
    CAST_OF_REFERENCE(Difference::isCastOfReference),

    /** Brackets behind a name are part of its type, and {@code int[]} is not {@code int[][]}. */
    DIMENSIONS(Difference::hasDimensions),

    /** A hole in a string stands for all of it, which may be empty or have escapes. */
    STRING_OF_PARTS(
            odd ->
                    odd.ours()
                            && hasHoleInString(odd.pattern())
                            && odd.mentions(n -> isEmptyOrEscaped(odd, n))),

    /** The scope of {@code A.super.f()} is one node. */
    QUALIFIED_SUPER(odd -> odd.ours() && odd.mentions(n -> hasQualifiedSuper(odd, n))),

    /** What follows {@code instanceof} may be any pattern: {@code final}, or of a record. */
    INSTANCEOF_PATTERN(odd -> odd.ours() && odd.mentions(n -> hasOtherPattern(odd, n))),

    /** Type arguments behind {@code ::} must be mentioned. */
    TYPE_ARGUMENTS_OF_REFERENCE(odd -> !odd.ours() && odd.mentions(n -> isGeneric(odd, n))),

    /** Parameters of a lambda are parameters, none or with types as well. */
    LAMBDA_PARAMETERS(odd -> odd.ours() && odd.mentions(n -> hasNoneOrTyped(odd, n))),

    /** The semicolon behind an enum's constants need not be mentioned, nor members behind it. */
    ENUM_MEMBERS(odd -> odd.ours() && odd.mentions(n -> hasSemicolon(odd, n))),

    /** A hole for any number may be nothing, with its comma, and takes more when it has to. */
    HOLE_FOR_MANY(odd -> odd.ours() && hasHoleInList(odd)),

    /** ast-grep reads the pattern as a kind of node that its grammar does not see here. */
    OTHER_KIND(odd -> odd.ours() && !odd.peer().hasItsKindAt(odd.place())),

    /** A single statement is the same with braces and without. */
    BRACES(odd -> odd.ours() && odd.mentions(n -> hasOtherBraces(odd, n))),

    /** Parentheses around an expression do not count. */
    PARENTHESES(odd -> odd.ours() && odd.mentions(n -> odd.is(n, NodeKind.ENCLOSED_EXPR))),

    /** Comments are no nodes. */
    COMMENT(Difference::hasComment);

    private final Predicate<OddPlace> isReason;

    Difference(Predicate<OddPlace> isReason) {
        this.isReason = isReason;
    }

    /** The first reason that holds, if one is known. */
    static Optional<Difference> of(OddPlace odd) {
        for (Difference difference : values()) {
            if (difference.isReason.test(odd)) {
                return Optional.of(difference);
            }
        }
        return Optional.empty();
    }

    private static boolean isBodyWithoutSemicolon(OddPlace odd) {
        return odd.ours()
                && odd.is(odd.node(), NodeKind.EXPRESSION_STMT)
                && odd.tree().source().get(odd.place().end() - 1) != ';';
    }

    private static boolean isCastOfPostfix(OddPlace odd) {
        int cast = odd.ours() ? odd.parent(odd.node()) : odd.node();
        return odd.is(cast, NodeKind.CAST_EXPR)
                && odd.children(cast)
                        .filter(n -> odd.is(n, NodeKind.UNARY_EXPR))
                        .anyMatch(
                                n ->
                                        odd.hasAttribute(n, "POSTFIX_INCREMENT")
                                                || odd.hasAttribute(n, "POSTFIX_DECREMENT"));
    }

    private static boolean isCastOfReference(OddPlace odd) {
        return odd.is(odd.node(), NodeKind.METHOD_REFERENCE_EXPR)
                && odd.is(odd.node() + 1, NodeKind.CAST_EXPR);
    }

    private static boolean hasDimensions(OddPlace odd) {
        return isArrayOfArrays(odd, odd.node())
                || odd.mentions(n -> isArrayOfArrays(odd, n) || hasTypeWithDimensions(odd, n));
    }

    private static boolean hasTypeWithDimensions(OddPlace odd, int n) {
        return odd.children(n)
                .filter(child -> odd.tree().role(child) == Role.TYPE)
                .anyMatch(child -> isArrayOfArrays(odd, child));
    }

    private static boolean isArrayOfArrays(OddPlace odd, int n) {
        return switch (odd.tree().kind(n)) {
            case ARRAY_TYPE ->
                    odd.hasAttribute(n, "NAME")
                            || odd.is(odd.parent(n), NodeKind.ARRAY_TYPE)
                            || odd.is(n + 1, NodeKind.ARRAY_TYPE);
            case ARRAY_CREATION_EXPR ->
                    odd.children(n).filter(c -> odd.tree().role(c) == Role.LEVELS).count() > 1;
            default -> false;
        };
    }

    private static boolean hasHoleInString(Pattern pattern) {
        return pattern.textHoles().keySet().stream()
                .anyMatch(n -> pattern.tree().kind(n) == NodeKind.STRING_LITERAL_EXPR);
    }

    private static boolean isEmptyOrEscaped(OddPlace odd, int n) {
        String text = odd.is(n, NodeKind.STRING_LITERAL_EXPR) ? odd.tree().text(n) : "plain";
        return text.isEmpty() || text.contains("\\");
    }

    private static boolean hasQualifiedSuper(OddPlace odd, int n) {
        return odd.children(n)
                .filter(child -> odd.tree().role(child) == Role.SCOPE)
                .anyMatch(
                        child ->
                                odd.is(child, NodeKind.SUPER_EXPR)
                                        && odd.tree().subtreeSize(child) > 1);
    }

    private static boolean hasOtherPattern(OddPlace odd, int n) {
        return odd.is(n, NodeKind.INSTANCE_OF_EXPR)
                && odd.children(n)
                        .filter(child -> odd.tree().role(child) == Role.PATTERN)
                        .anyMatch(
                                child ->
                                        odd.is(child, NodeKind.RECORD_PATTERN_EXPR)
                                                || odd.children(child)
                                                        .anyMatch(
                                                                c -> odd.is(c, NodeKind.MODIFIER)));
    }

    private static boolean isGeneric(OddPlace odd, int n) {
        return odd.is(n, NodeKind.METHOD_REFERENCE_EXPR)
                && odd.children(n).anyMatch(c -> odd.tree().role(c) == Role.TYPE_ARGUMENTS);
    }

    private static boolean hasNoneOrTyped(OddPlace odd, int n) {
        return odd.is(n, NodeKind.LAMBDA_EXPR)
                && odd.patternNodes()
                        .anyMatch(p -> odd.pattern().tree().kind(p) == NodeKind.LAMBDA_EXPR)
                && odd.children(n)
                        .filter(child -> odd.tree().role(child) == Role.PARAMETERS)
                        .allMatch(child -> !odd.is(child + 1, NodeKind.UNKNOWN_TYPE));
    }

    private static boolean hasSemicolon(OddPlace odd, int n) {
        if (!odd.is(n, NodeKind.ENUM_DECLARATION)
                || odd.patternNodes().anyMatch(p -> odd.pattern().tree().role(p) == Role.MEMBERS)) {
            return false;
        }
        int behind =
                odd.children(n)
                        .filter(child -> odd.tree().role(child) == Role.ENTRIES)
                        .map(odd.tree()::end)
                        .max()
                        .orElse(odd.tree().start(n));
        return odd.tree().sourceText(behind, odd.tree().end(n)).contains(";");
    }

    /**
     * Whether a hole for any number has a neighbour in its list, and stands for nothing, or stands
     * before the neighbour and for something.
     */
    private static boolean hasHoleInList(OddPlace odd) {
        SyntaxTree tree = odd.pattern().tree();
        return odd.pattern().nodeHoles().entrySet().stream()
                .filter(entry -> entry.getValue().many())
                .anyMatch(
                        entry -> {
                            int n = entry.getKey();
                            int next = tree.subtreeEnd(n);
                            boolean behind =
                                    next < tree.nodeCount() && tree.role(next) == tree.role(n);
                            boolean before =
                                    odd.patternNodes()
                                            .flatMap(p -> OddPlace.children(tree, p))
                                            .anyMatch(
                                                    p ->
                                                            tree.subtreeEnd(p) == n
                                                                    && tree.role(p)
                                                                            == tree.role(n));
                            return isNothing(odd, entry.getValue()) ? before || behind : behind;
                        });
    }

    private static boolean isNothing(OddPlace odd, Hole hole) {
        AstGrep.Place place = odd.captured().get(hole.name());
        return place != null && place.start() == place.end();
    }

    private static boolean hasOtherBraces(OddPlace odd, int owner) {
        NodeKind kind = odd.tree().kind(owner);
        return kind != NodeKind.LAMBDA_EXPR
                && odd.children(owner)
                        .anyMatch(
                                body ->
                                        switch (odd.tree().role(body)) {
                                            case THEN_STMT, ELSE_STMT, BODY ->
                                                    hasOtherBraces(odd, kind, body);
                                            default -> false;
                                        });
    }

    private static boolean hasOtherBraces(OddPlace odd, NodeKind kind, int body) {
        SyntaxTree pattern = odd.pattern().tree();
        return odd.patternNodes()
                .filter(p -> pattern.kind(p) == kind)
                .flatMap(p -> OddPlace.children(pattern, p))
                .filter(p -> pattern.role(p) == odd.tree().role(body))
                .filter(p -> !odd.pattern().nodeHoles().containsKey(p))
                .anyMatch(
                        p ->
                                (pattern.kind(p) == NodeKind.BLOCK_STMT)
                                        != odd.is(body, NodeKind.BLOCK_STMT));
    }

    private static boolean hasComment(OddPlace odd) {
        return odd.tree().comments().stream()
                .filter(comment -> odd.place().contains(comment.start(), comment.end()))
                .anyMatch(comment -> !odd.isCaptured(comment.start(), comment.end()));
    }
}
