package io.tidescope.query.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.tidescope.parser.parse.JavaSourceParser;
import io.tidescope.parser.parse.ParseResult.Parsed;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.tree.NodeKind;
import io.tidescope.tree.SyntaxTree;
import io.tidescope.tree.match.Pattern;
import io.tidescope.tree.match.PatternException;
import io.tidescope.tree.match.PatternForm;
import io.tidescope.tree.match.Rule;
import io.tidescope.tree.match.Rule.Relation;
import io.tidescope.tree.match.Rule.StopBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;

class RuleReaderTest {
    private static final Rule CALL = new Rule.OfKind(Set.of(NodeKind.METHOD_CALL_EXPR));
    private static final Rule CATCH = new Rule.OfKind(Set.of(NodeKind.CATCH_CLAUSE));

    private final RuleReader reader = new RuleReader(RuleReaderTest::pattern);

    @Test
    void readsKindsByBothNames() {
        assertThat(read("{'kind': 'MethodCallExpr'}")).isEqualTo(CALL);
        assertThat(read("{'kind': 'method_invocation'}")).isEqualTo(CALL);
        assertThat(read("{'kind': 'string_literal'}"))
                .isEqualTo(
                        new Rule.OfKind(
                                Set.of(
                                        NodeKind.STRING_LITERAL_EXPR,
                                        NodeKind.TEXT_BLOCK_LITERAL_EXPR)));
    }

    @Test
    void takesSeveralKeysToHoldTogetherWhateverTheirOrder() {
        Rule rule = read("{'not': {'pattern': 'b()'}, 'pattern': 'a()', 'kind': 'catch_clause'}");

        assertThat(rule)
                .isEqualTo(
                        new Rule.All(
                                List.of(
                                        CATCH,
                                        new Rule.Matches(pattern("a()")),
                                        new Rule.Not(new Rule.Matches(pattern("b()"))))));
    }

    @Test
    void readsLists() {
        assertThat(read("{'any': [{'kind': 'catch_clause'}, {'kind': 'method_invocation'}]}"))
                .isEqualTo(new Rule.Any(List.of(CATCH, CALL)));
        assertThat(read("{'all': [{'kind': 'catch_clause'}]}"))
                .isEqualTo(new Rule.All(List.of(CATCH)));
    }

    @ParameterizedTest
    @CsvSource({"inside, INSIDE", "has, HAS", "precedes, PRECEDES", "follows, FOLLOWS"})
    void readsRelations(String key, Relation relation) {
        String rule = "{'" + key + "': {'kind': 'catch_clause'%s}}";

        assertThat(read(rule.formatted("")))
                .isEqualTo(new Rule.Related(relation, CATCH, new StopBy.Neighbour()));
        assertThat(read(rule.formatted(", 'stopBy': 'neighbor'")))
                .isEqualTo(new Rule.Related(relation, CATCH, new StopBy.Neighbour()));
        assertThat(read(rule.formatted(", 'stopBy': 'end'")))
                .isEqualTo(new Rule.Related(relation, CATCH, new StopBy.End()));
        assertThat(read(rule.formatted(", 'stopBy': {'kind': 'MethodCallExpr'}")))
                .isEqualTo(new Rule.Related(relation, CATCH, new StopBy.At(CALL)));
    }

    @Test
    void readsConstraints() {
        assertThat(
                        read(
                                "{'rule': {'kind': 'catch_clause'}, 'constraints': {'A': {'kind':"
                                        + " 'MethodCallExpr'}}}"))
                .isEqualTo(new Rule.Constrained(CATCH, Map.of("A", CALL)));
        assertThat(read("{'rule': {'kind': 'catch_clause'}}")).isEqualTo(CATCH);
    }

    @Test
    void looksForExpressionsAnywhereInTheText() {
        Rule.Text text = (Rule.Text) read("{'regex': '^get.*Name$'}");

        assertThat(text.test().test("getFirstName")).isTrue();
        assertThat(text.test().test("getFirst")).isFalse();
        assertThat(((Rule.Text) read("{'regex': '(a+)+b'}")).test().test("a".repeat(5_000)))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    {}                                         | In rule: it says nothing
                    []                                         | In rule: it must be an object
                    {'patern': 'a'}                            | In rule: there is no key 'patern'; did you mean pattern?
                    {'stopBy': 'end', 'kind': 'block'}         | In rule: there is no key 'stopBy'
                    {'inside': {'stopBy': 'end'}}              | In rule.inside: it says nothing
                    {'has': {'kind': 'block', 'stopBy': 'x'}}  | In rule.has.stopBy: it must be neighbor, end or a rule
                    {'all': []}                                | In rule.all: it must be a list
                    {'any': [{'kind': 'block'}, {'x': 1}]}     | In rule.any[1]: there is no key 'x'
                    {'kind': 'method_invokation'}              | did you mean method_invocation?
                    {'not': {'pattern': '!'}}                  | In rule.not.pattern: at offset 0: no pattern
                    {'pattern': 5}                             | In rule.pattern: it must be a text
                    {'regex': '('}                             | In rule.regex: the regular expression is malformed
                    {'regex': '((a{100}){100}){100}'}          | In rule.regex: the regular expression repeats
                    {'rule': {'kind': 'block'}, 'id': 'x'}     | In rule: there is no key 'id'
                    {'rule': {'kind': 'block'}, 'constraints': {'a': {}}} | In rule.constraints: 'a' is not
                    {'rule': {'kind': 'block'}, 'constraints': {'A': {}}} | In rule.constraints.A: it says nothing
                    """)
    void refusesWhatItDoesNotUnderstandAndSaysWhere(String rule, String reason) {
        assertThatThrownBy(() -> read(rule))
                .isInstanceOfSatisfying(
                        TideScopeException.class, e -> assertThat(e.parameter()).isEqualTo("rule"))
                .hasMessageContaining(reason);
    }

    @Test
    void boundsHowDeepRulesAre() {
        String kind = "{'kind': 'block'}";
        int most = RuleReader.MAX_DEPTH - 1;

        assertThat(read("{'not':".repeat(most) + kind + "}".repeat(most))).isNotNull();
        assertThatThrownBy(() -> read("{'not':".repeat(most + 1) + kind + "}".repeat(most + 1)))
                .hasMessageContaining("nested deeper");
    }

    private Rule read(String rule) {
        try {
            return reader.read(new ObjectMapper().readTree(rule.replace('\'', '"')));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(rule, e);
        }
    }

    /** Nodes and holes do not matter here; equal texts are equal patterns. */
    private static Pattern pattern(String text) {
        if (text.equals("!")) {
            throw new PatternException("no pattern", 0);
        }
        return new Pattern(text, PatternForm.EXPRESSION, TREE, List.of(0), Map.of(), Map.of());
    }

    private static final SyntaxTree TREE = tree();

    private static SyntaxTree tree() {
        byte[] source = "class A {}".getBytes(StandardCharsets.UTF_8);
        if (!(new JavaSourceParser().parse(source) instanceof Parsed parsed)) {
            throw new IllegalStateException();
        }
        return parsed.tree();
    }
}
