package io.tidescope.tree.match;

import static java.util.Map.entry;

import io.tidescope.tree.NodeKind;
import io.tidescope.tree.Role;
import io.tidescope.tree.SyntaxTree;

import org.jspecify.annotations.Nullable;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a node may have although a pattern of it does not mention it. The rule is ast-grep's: where
 * the pattern ends nothing is said about what follows, and a list without a bracket at its end ends
 * with the last element that is mentioned. What stands before or between mentioned parts must be
 * mentioned.
 *
 * @param atEnd what may follow when the pattern mentions nothing more of the node
 * @param lists lists that may go on behind their last mentioned element
 * @param modifiers which modifiers and annotations
 */
record Unmentioned(Set<Role> atEnd, Set<Role> lists, Modifiers modifiers) {
    /** Modifiers and annotations that need not be mentioned. */
    enum Modifiers {
        NONE,
        /** All behind the last that is mentioned, and keywords before and between them. */
        FURTHER,
        ANY
    }

    Unmentioned {
        // Asked for every node.
        atEnd = copy(atEnd);
        lists = copy(lists);
    }

    private static Set<Role> copy(Set<Role> roles) {
        Set<Role> copy = EnumSet.noneOf(Role.class);
        copy.addAll(roles);
        return copy;
    }

    /** Nothing is left out. */
    static final Unmentioned NOTHING = new Unmentioned(Set.of(), Set.of(), Modifiers.NONE);

    private static final Map<NodeKind, Set<Role>> AT_END =
            Map.ofEntries(
                    entry(
                            NodeKind.ENUM_CONSTANT_DECLARATION,
                            Set.of(Role.ARGUMENTS, Role.CLASS_BODY)),
                    entry(NodeKind.ENUM_DECLARATION, Set.of(Role.MEMBERS)),
                    entry(NodeKind.IF_STMT, Set.of(Role.ELSE_STMT)),
                    entry(NodeKind.INSTANCE_OF_EXPR, Set.of(Role.PATTERN)),
                    entry(NodeKind.OBJECT_CREATION_EXPR, Set.of(Role.ANONYMOUS_CLASS_BODY)),
                    entry(NodeKind.SWITCH_ENTRY, Set.of(Role.STATEMENTS)),
                    entry(NodeKind.TRY_STMT, Set.of(Role.CATCH_CLAUSES, Role.FINALLY_BLOCK)),
                    entry(NodeKind.TYPE_PARAMETER, Set.of(Role.TYPE_BOUND)),
                    entry(NodeKind.VARIABLE_DECLARATOR, Set.of(Role.INITIALIZER)),
                    entry(NodeKind.WILDCARD_TYPE, Set.of(Role.EXTENDED_TYPE, Role.SUPER_TYPE)));

    private static final Map<NodeKind, Set<Role>> LISTS =
            Map.ofEntries(
                    entry(
                            NodeKind.CLASS_OR_INTERFACE_DECLARATION,
                            Set.of(
                                    Role.EXTENDED_TYPES,
                                    Role.IMPLEMENTED_TYPES,
                                    Role.PERMITTED_TYPES)),
                    entry(NodeKind.CONSTRUCTOR_DECLARATION, Set.of(Role.THROWN_EXCEPTIONS)),
                    entry(NodeKind.ENUM_DECLARATION, Set.of(Role.IMPLEMENTED_TYPES)),
                    entry(NodeKind.METHOD_DECLARATION, Set.of(Role.THROWN_EXCEPTIONS)),
                    entry(NodeKind.RECORD_DECLARATION, Set.of(Role.IMPLEMENTED_TYPES)),
                    entry(NodeKind.SWITCH_ENTRY, Set.of(Role.LABELS)),
                    entry(NodeKind.TYPE_PARAMETER, Set.of(Role.TYPE_BOUND)),
                    entry(NodeKind.UNION_TYPE, Set.of(Role.ELEMENTS)));

    /** Lists that a bracket ends: of one that is mentioned all is. */
    private static final Set<Role> BRACKETED =
            EnumSet.of(Role.ANONYMOUS_CLASS_BODY, Role.ARGUMENTS, Role.CLASS_BODY);

    /** Annotations of these stand alone, each for itself. */
    private static final Set<NodeKind> WITHOUT_MODIFIERS =
            Set.of(
                    NodeKind.ARRAY_CREATION_LEVEL,
                    NodeKind.ARRAY_TYPE,
                    NodeKind.CLASS_OR_INTERFACE_TYPE,
                    NodeKind.PACKAGE_DECLARATION,
                    NodeKind.PRIMITIVE_TYPE,
                    NodeKind.TYPE_PARAMETER,
                    NodeKind.TYPE_PATTERN_EXPR,
                    NodeKind.VOID_TYPE,
                    NodeKind.WILDCARD_TYPE);

    /**
     * @param children what a pattern mentions of a node
     */
    static Unmentioned of(NodeKind kind, List<PatternNode> children) {
        return new Unmentioned(
                atEnd(kind, children),
                LISTS.getOrDefault(kind, Set.of()),
                WITHOUT_MODIFIERS.contains(kind) ? Modifiers.NONE : Modifiers.FURTHER);
    }

    private static Set<Role> atEnd(NodeKind kind, List<PatternNode> children) {
        Set<Role> atEnd = EnumSet.noneOf(Role.class);
        atEnd.addAll(AT_END.getOrDefault(kind, Set.of()));
        children.stream().map(PatternNode::role).filter(BRACKETED::contains).forEach(atEnd::remove);
        return atEnd;
    }

    /**
     * Whether a node may stand before what a pattern mentions next of its parent, or behind all.
     *
     * @param pattern what it mentions
     * @param expected the index of the next of these
     * @param before the role of the neighbour before the node, if there is one
     */
    boolean mayStand(
            List<PatternNode> pattern,
            int expected,
            @Nullable Role before,
            int node,
            SyntaxTree tree) {
        Role role = tree.role(node);
        boolean follows = before != null && mayFollow(before, role);
        if (expected == pattern.size()) {
            return follows || mayEnd(role);
        }
        PatternNode next = pattern.get(expected);
        // What a hole for modifiers could take in is not passed over behind it.
        boolean behindHole = expected > 0 && pattern.get(expected - 1).isModifiers();
        return (follows && !next.fits(role) && !Relatives.isModifier(next.role()))
                || (!behindHole && mayPrecede(next, role, tree.attributeBits(node)));
    }

    Unmentioned withAnyModifiers() {
        return new Unmentioned(atEnd, lists, Modifiers.ANY);
    }

    /** Whether what has this role may stand where a pattern of the node has ended. */
    private boolean mayEnd(Role role) {
        return atEnd.contains(role);
    }

    /** Whether one may stand behind another that a pattern mentions. */
    private boolean mayFollow(Role before, Role role) {
        return before == role && lists.contains(role)
                || before == Role.LABELS && role == Role.GUARD
                || modifiers != Modifiers.NONE
                        && Relatives.isModifier(before)
                        && Relatives.isModifier(role);
    }

    /** Whether a modifier may stand before the first that a pattern mentions, or between two. */
    private boolean mayPrecede(PatternNode next, Role role, int attributes) {
        return switch (modifiers) {
            case NONE -> false;
            case FURTHER ->
                    next.role() == Role.MODIFIERS
                            && !next.isMany()
                            && role == Role.MODIFIERS
                            && attributes != next.attributes();
            case ANY -> Relatives.isModifier(role);
        };
    }
}
