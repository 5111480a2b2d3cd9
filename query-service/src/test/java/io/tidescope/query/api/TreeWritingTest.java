package io.tidescope.query.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.tidescope.parser.parse.JavaSourceParser;
import io.tidescope.parser.parse.ParseResult.Parsed;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.store.query.Deadline;
import io.tidescope.tree.SyntaxTree;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

@Timeout(60)
class TreeWritingTest {
    private static final int BIG_STACK_BYTES = 512 * 1024 * 1024;
    private static final String SAMPLE =
            "class A { int f = -1; boolean m(String s) { return s == \"q\\\"\"; } }";

    @Test
    void writesEveryNodeInsideItsParent() throws Exception {
        SyntaxTree tree = parse(SAMPLE);

        JsonNode json = json(tree);

        assertThat(count(json)).isEqualTo(tree.nodeCount());
        assertThat(json.get("kind").asText()).isEqualTo("CompilationUnit");
        JsonNode type = json.at("/children/0");
        assertThat(type.get("role").asText()).isEqualTo("types");
        assertThat(type.get("text").asText()).isEqualTo("A");
        assertThat(type.at("/range/line").asInt()).isEqualTo(1);
        assertThat(type.at("/range/column").asInt()).isEqualTo(1);
        assertThat(type.at("/range/endColumn").asInt()).isEqualTo(SAMPLE.length() + 1);
        assertThat(json.toString()).contains("\"operator\":\"EQUALS\"");
    }

    @Test
    void writesAnExpressionThatBalances() throws Exception {
        SyntaxTree tree = parse("class A { String s = \"q(\\\"\"; }");

        String text = TreeExpression.of(tree, soon());

        assertThat(text)
                .startsWith("(CompilationUnit\n  types: (ClassOrInterfaceDeclaration \"A\"")
                .contains("(StringLiteralExpr \"q(\\\\\\\"\")")
                .hasLineCount(tree.nodeCount());
    }

    @Test
    void writesATreeAsDeepAsItsSource() throws Exception {
        int depth = 10_000;
        SyntaxTree tree =
                parse("class A { int f = " + "(".repeat(depth) + 1 + ")".repeat(depth) + "; }");

        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ApiJson.write(out, new TreeJson(tree, tree.lines(), soon()));
        String text = TreeExpression.of(tree, soon());

        assertThat(out.toString(StandardCharsets.UTF_8).split("EnclosedExpr", -1))
                .hasSize(depth + 1);
        assertThat(text.split("EnclosedExpr", -1)).hasSize(depth + 1);
        assertThat(text.length()).isLessThan(depth * 200);
    }

    @Test
    void stopsAtTheDeadline() throws Exception {
        SyntaxTree tree = parse(SAMPLE);
        Deadline passed = Deadline.in(Duration.ZERO);

        assertThatThrownBy(() -> TreeExpression.of(tree, passed))
                .isInstanceOf(TideScopeException.class);
        assertThatThrownBy(
                        () ->
                                ApiJson.write(
                                        new ByteArrayOutputStream(),
                                        new TreeJson(tree, tree.lines(), passed)))
                .isInstanceOf(TideScopeException.class);
    }

    private static JsonNode json(SyntaxTree tree) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ApiJson.write(out, new TreeJson(tree, tree.lines(), soon()));
        return new ObjectMapper().readTree(out.toByteArray());
    }

    private static int count(JsonNode node) {
        int count = 1;
        for (JsonNode child : node.path("children")) {
            count += count(child);
        }
        return count;
    }

    /** Parses on a stack that deep sources fit on. */
    private static SyntaxTree parse(String source) throws InterruptedException {
        byte[] content = source.getBytes(StandardCharsets.UTF_8);
        SyntaxTree[] tree = new SyntaxTree[1];
        Thread parser =
                new Thread(
                        null,
                        () -> tree[0] = ((Parsed) new JavaSourceParser().parse(content)).tree(),
                        "parser",
                        BIG_STACK_BYTES);
        parser.start();
        parser.join();
        return tree[0];
    }

    private static Deadline soon() {
        return Deadline.in(Duration.ofSeconds(30));
    }
}
