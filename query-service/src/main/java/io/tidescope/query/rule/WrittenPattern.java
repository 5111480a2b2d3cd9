package io.tidescope.query.rule;

import io.tidescope.tree.NodeKind;
import io.tidescope.tree.SyntaxTree;
import io.tidescope.tree.match.Pattern;
import io.tidescope.tree.match.PatternException;
import io.tidescope.tree.match.PatternReader;

import java.util.List;
import java.util.Set;

/**
 * Reads a pattern of a rule: a text, or {@code {context, selector}}, which is the first node of a
 * kind in a larger piece of code.
 */
final class WrittenPattern {
    private static final String CONTEXT = "context";
    private static final String SELECTOR = "selector";
    private static final String STRICTNESS = "strictness";

    private WrittenPattern() {}

    static Pattern read(Written written, PatternReader patterns) {
        if (!written.value().isObject()) {
            return parse(written, patterns);
        }
        written.requireKeys(List.of(CONTEXT, SELECTOR, STRICTNESS));
        written.find(STRICTNESS)
                .filter(strictness -> !strictness.text().equals("smart"))
                .ifPresent(
                        strictness -> {
                            throw strictness.invalid("it must be smart; there is no other here");
                        });
        Written context =
                written.find(CONTEXT)
                        .orElseThrow(() -> written.invalid("it takes a text, or a context"));
        Pattern whole = parse(context, patterns);
        return written.find(SELECTOR).map(selector -> select(whole, selector)).orElse(whole);
    }

    private static Pattern select(Pattern whole, Written selector) {
        Set<NodeKind> kinds = KindNames.read(selector);
        SyntaxTree tree = whole.tree();
        for (int root : whole.roots()) {
            int node = root;
            while (node < tree.subtreeEnd(root)) {
                if (whole.nodeHoles().containsKey(node)) {
                    // What was parsed in a hole's place is nobody's code.
                    node = tree.subtreeEnd(node);
                    continue;
                }
                if (kinds.contains(tree.kind(node))) {
                    return new Pattern(
                            whole.text(),
                            whole.form(),
                            tree,
                            List.of(node),
                            whole.nodeHoles(),
                            whole.textHoles());
                }
                node++;
            }
        }
        throw selector.invalid("the context has no '%s'".formatted(selector.text()));
    }

    private static Pattern parse(Written written, PatternReader patterns) {
        try {
            return patterns.read(written.text());
        } catch (PatternException e) {
            throw written.invalid("at offset %d: %s".formatted(e.offset(), e.getMessage()));
        }
    }
}
