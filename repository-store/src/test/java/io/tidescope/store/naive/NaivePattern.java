package io.tidescope.store.naive;

import io.tidescope.store.naive.NaiveMatcher.Then;

import java.util.List;

/**
 * A pattern, of one node or of neighbours in a list.
 *
 * @param text as a user writes it
 */
public record NaivePattern(String text, List<Wanted> roots) {
    /** Whether a match begins at a node. */
    boolean holds(Code code, Bound bound, Then then) {
        Wanted root = roots.getFirst();
        if (roots.size() == 1) {
            if (root.hole() != null) {
                return NaiveMatcher.whole(root, code, bound, then);
            }
            return isInHeadOfFor(root, code)
                    ? NaiveMatcher.node(
                            root.part("expression").getFirst(),
                            code,
                            bound,
                            after -> then.test(after.endingWith(code, code, true)))
                    : NaiveMatcher.node(root, code, bound, then);
        }
        List<Code> list = code.fromHereInList();
        return (!root.many() || code.isFirstInList())
                && NaiveMatcher.beginning(
                        roots,
                        list,
                        bound,
                        begun ->
                                begun.matched() > 0
                                        && then.test(
                                                begun.bound()
                                                        .endingWith(
                                                                code,
                                                                list.get(begun.matched() - 1),
                                                                false)));
    }

    /** A statement that declares a variable is one in the head of a {@code for} as well. */
    static boolean isInHeadOfFor(Wanted root, Code code) {
        return root.is("ExpressionStmt")
                && root.part("expression").getFirst().is("VariableDeclarationExpr")
                && code.is("VariableDeclarationExpr")
                && code.role().equals("initialization");
    }

    /** A line that tells its form. */
    public String shape() {
        return Wanted.shapes(roots.stream());
    }
}
