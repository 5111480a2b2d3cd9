package io.tidescope.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidescope.parser.parse.JavaSourceParser;
import io.tidescope.parser.parse.ParseResult.Parsed;
import io.tidescope.tree.SyntaxTree;
import io.tidescope.tree.symbol.Definition;
import io.tidescope.tree.symbol.Symbols;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;

class DocumentationTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/** One. Two. */ | One.",
                "/** Ends here@since 1 */ | Ends here@since 1",
                "/** No end */ | No end",
                "/** Reads {@code x.y} of {@link Foo}. */ | Reads x.y of Foo.",
                "/** Version 1.2 of it. */ | Version 1.2 of it.",
                "/// Written as Markdown. More. | Written as Markdown.",
            })
    void takesTheFirstSentence(String comment, String sentence) {
        assertThat(Documentation.firstSentence(comment)).isEqualTo(sentence);
    }

    @Test
    void endsAtAParagraphOrATag() {
        assertThat(Documentation.firstSentence("/**\n * Over two\n * lines\n *\n * More.\n */"))
                .isEqualTo("Over two lines");
        assertThat(Documentation.firstSentence("/**\n * A value\n * @return it\n */"))
                .isEqualTo("A value");
        assertThat(Documentation.firstSentence("/**\n * @return it\n */")).isNull();
        assertThat(Documentation.firstSentence("/***/")).isNull();
    }

    @Test
    void belongsToTheDeclarationItStandsBefore() {
        String source =
                """
                /** Of the class. */
                class A {
                    /** Of m. */
                    @Deprecated
                    void m() {}

                    // Not documentation.
                    void n() {}

                    /** Of nothing. */
                    ;
                    void o() {}
                }
                """;

        assertThat(summary(source, "A")).isEqualTo("Of the class.");
        assertThat(summary(source, "m")).isEqualTo("Of m.");
        assertThat(summary(source, "n")).isNull();
        assertThat(summary(source, "o")).isNull();
    }

    private static @Nullable String summary(String source, String name) {
        SyntaxTree tree =
                ((Parsed) new JavaSourceParser().parse(source.getBytes(StandardCharsets.UTF_8)))
                        .tree();
        Definition definition =
                Symbols.of(tree).definitions().stream()
                        .filter(candidate -> candidate.name().equals(name))
                        .findFirst()
                        .orElseThrow();
        return new Documentation(tree).summary(definition);
    }
}
