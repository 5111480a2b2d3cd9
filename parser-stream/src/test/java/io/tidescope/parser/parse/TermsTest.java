package io.tidescope.parser.parse;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidescope.parser.parse.ParseResult.Parsed;
import io.tidescope.tree.index.DocumentIndex;
import io.tidescope.tree.index.IndexCursor;
import io.tidescope.tree.index.Terms;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

class TermsTest {
    @Test
    void areTheLiteralsAndTheUncommonKindsOfATree() {
        assertThat(
                        terms(
                                """
                                class A {
                                    Object a = f("full", "full", 0x10, 1L, 7, '\\n', true, null, "");
                                    void b() { do { assert a; } while (true); }
                                }
                                """))
                .containsExactly("\"0x10", "\"1L", "\"\\n", "\"full", "#ASSERT_STMT", "#DO_STMT");
    }

    @Test
    void ofLongLiteralsAreTheirBeginnings() {
        String beginning = "x".repeat(Terms.MAX_LITERAL_BYTES);

        assertThat(
                        terms(
                                "class A { Object a = f(\"%sy\", \"%sz\"); }"
                                        .formatted(beginning, beginning)))
                .containsExactly('"' + beginning);
        assertThat(Terms.literal("\u00e9".repeat(50)).orElseThrow())
                .hasSize(1 + Terms.MAX_LITERAL_BYTES);
        assertThat(Terms.literal("ab\0c")).hasValueSatisfying(it -> assertThat(it).hasSize(3));
    }

    @Test
    void areNothingForATreeWithoutAny() {
        assertThat(terms("class A { int a = 1; }")).isEmpty();
    }

    private static List<String> terms(String source) {
        if (!(new JavaSourceParser().parse(source.getBytes(UTF_8)) instanceof Parsed parsed)) {
            throw new IllegalArgumentException(source);
        }
        DocumentIndex index = DocumentIndex.of("A.java", parsed.tree(), parsed.tree().toBytes());
        List<String> terms = new ArrayList<>();
        for (IndexCursor it = index.terms(); it.next(); ) {
            terms.add(new String(it.name(), UTF_8));
        }
        return terms;
    }
}
