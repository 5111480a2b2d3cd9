package io.tidescope.parser.parse;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidescope.parser.parse.ParseResult.Parsed;
import io.tidescope.tree.SyntaxTree;

import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/** A tree as it is shown and as it is stored: what is stored today must be readable for ever. */
class SyntaxTreeGoldenTest {
    @Test
    void theTreeOfTheSampleIsTheOneWritten() throws Exception {
        Parsed parsed = sample();
        Golden.check("Sample.tree.txt", outline(parsed.tree()));
    }

    @Test
    void theStoredFormOfTheSampleIsTheOneWritten() throws Exception {
        Parsed parsed = sample();
        Golden.check("Sample.tree.hex", HexFormat.of().formatHex(parsed.tree().toBytes()) + "\n");
    }

    @Test
    void theStoredFormOfTheSampleIsRead() throws Exception {
        byte[] stored =
                HexFormat.of()
                        .parseHex(new String(Golden.input("Sample.tree.hex"), "UTF-8").strip());
        SyntaxTree tree =
                SyntaxTree.read(
                        ByteBuffer.wrap(stored), ByteBuffer.wrap(Golden.input("Sample.java")));
        assertThat(outline(tree)).isEqualTo(new String(Golden.input("Sample.tree.txt"), "UTF-8"));
    }

    private static String outline(SyntaxTree tree) {
        var text = new StringBuilder();
        outline(tree, 0, 0, text);
        tree.comments().forEach(comment -> text.append(comment).append('\n'));
        return text.toString();
    }

    private static void outline(SyntaxTree tree, int node, int depth, StringBuilder text) {
        text.repeat("  ", depth)
                .append(tree.role(node).label())
                .append(": ")
                .append(tree.kind(node).label());
        if (tree.hasText(node)) {
            text.append(" \"").append(tree.text(node)).append('"');
        }
        tree.attributes(node)
                .forEach(a -> text.append(' ').append(a.name()).append('=').append(a.value()));
        text.append(" [")
                .append(tree.start(node))
                .append(", ")
                .append(tree.end(node))
                .append(")\n");
        for (int child = node + 1; child < tree.subtreeEnd(node); child = tree.subtreeEnd(child)) {
            outline(tree, child, depth + 1, text);
        }
    }

    private static Parsed sample() throws Exception {
        return (Parsed) new JavaSourceParser().parse(Golden.input("Sample.java"));
    }
}
