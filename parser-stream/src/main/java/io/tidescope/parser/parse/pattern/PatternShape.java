package io.tidescope.parser.parse.pattern;

import io.tidescope.tree.NodeKind;
import io.tidescope.tree.Role;
import io.tidescope.tree.match.PatternForm;

import java.util.List;

/**
 * A form that a pattern may have, and what is put around it to be parsed.
 *
 * @param top what stands at its top
 * @param completion what the text may lack at its end
 * @param role what its roots are to the nodes around them
 */
record PatternShape(
        PatternForm form, Place top, String before, String completion, String behind, Role role) {
    private static final String SEMICOLON = "\n;";

    static final PatternShape STATEMENTS = statements("");

    static final PatternShape MEMBERS = members("class A", "");

    /** In the order in which they are tried: a text that is several is the first. */
    static final List<PatternShape> ALL =
            List.of(
                    new PatternShape(
                            PatternForm.EXPRESSION,
                            Place.OTHER,
                            "class A { Object a = (\n",
                            "\n); }",
                            Role.INNER),
                    new PatternShape(
                            PatternForm.TYPE_DECLARATION, Place.TYPES, "\n", "\n", Role.TYPES),
                    STATEMENTS,
                    MEMBERS,
                    members("record A()", ""),
                    members("@interface A", ""),
                    new PatternShape(PatternForm.IMPORT, Place.OTHER, "\n", "\n", Role.IMPORTS),
                    new PatternShape(
                            PatternForm.PACKAGE, Place.OTHER, "\n", "\n", Role.PACKAGE_DECLARATION),
                    new PatternShape(
                            PatternForm.ANNOTATION,
                            Place.OTHER,
                            "\n",
                            "\nclass A {}",
                            Role.ANNOTATIONS),
                    new PatternShape(
                            PatternForm.TYPE,
                            Place.OTHER,
                            "class A { abstract\n",
                            "\na(); }",
                            Role.TYPE),
                    new PatternShape(
                            PatternForm.CATCH_CLAUSE,
                            Place.OTHER,
                            "class A { A() { try {}\n",
                            "\n} }",
                            Role.CATCH_CLAUSES),
                    new PatternShape(
                            PatternForm.SWITCH_ENTRY,
                            Place.ENTRIES,
                            "class A { A() { switch (a) {\n",
                            "\n} } }",
                            Role.ENTRIES),
                    statements(SEMICOLON),
                    members("class A", SEMICOLON));

    private PatternShape(PatternForm form, Place top, String before, String behind, Role role) {
        this(form, top, before, "", behind, role);
    }

    private static PatternShape statements(String completion) {
        return new PatternShape(
                PatternForm.STATEMENTS,
                Place.STATEMENTS,
                "class A { A() {\n",
                completion,
                "\n} }",
                Role.STATEMENTS);
    }

    private static PatternShape members(String head, String completion) {
        return new PatternShape(
                PatternForm.MEMBERS, Place.MEMBERS, head + " {\n", completion, "\n}", Role.MEMBERS);
    }

    /** Whether a node of that kind may be a root in this form: a switch alone is a statement. */
    boolean accepts(NodeKind root) {
        return switch (form) {
            case EXPRESSION -> root != NodeKind.SWITCH_EXPR;
            case TYPE_DECLARATION ->
                    root == NodeKind.CLASS_OR_INTERFACE_DECLARATION
                            || root == NodeKind.ENUM_DECLARATION
                            || root == NodeKind.RECORD_DECLARATION
                            || root == NodeKind.ANNOTATION_DECLARATION;
            case STATEMENTS,
                    MEMBERS,
                    IMPORT,
                    PACKAGE,
                    ANNOTATION,
                    TYPE,
                    CATCH_CLAUSE,
                    SWITCH_ENTRY ->
                    true;
        };
    }
}
