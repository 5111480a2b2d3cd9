package io.tidescope.query.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.tidescope.parser.parse.JavaSourceParser;
import io.tidescope.parser.parse.ParseResult.Parsed;
import io.tidescope.parser.parse.pattern.JavaPatternReader;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.tree.NodeKind;
import io.tidescope.tree.SyntaxTree;
import io.tidescope.tree.match.Pattern;
import io.tidescope.tree.match.PatternException;
import io.tidescope.tree.match.PatternForm;
import io.tidescope.tree.match.Rule;
import io.tidescope.tree.match.Rule.Relation;
import io.tidescope.tree.match.Rule.StopBy;
import io.tidescope.tree.match.Search;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;

class RuleReaderTest {
    private static final Rule CALL = new Rule.OfKind(Set.of(NodeKind.METHOD_CALL_EXPR));
    private static final Rule CATCH = new Rule.OfKind(Set.of(NodeKind.CATCH_CLAUSE));

    private final RuleReader reader = new RuleReader(RuleReaderTest::pattern);
    private final RuleReader real = new RuleReader(new JavaPatternReader());

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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    annotation                   | @X(1)
                    annotation_type_element_declaration | int y() default 2;
                    array_access                 | a[i]
                    array_creation_expression    | new int[3]
                    array_initializer            | {4, 5}
                    assert_statement             | assert a != null;
                    assignment_expression        | i += 1
                    binary_expression            | a != null
                    break_statement              | break;
                    cast_expression              | (Object) a
                    catch_formal_parameter       | `Error | E e`
                    character_literal            | 'c'
                    class_literal                | A.class
                    compact_constructor_declaration | R { }
                    constructor_declaration      | A() { super(); }
                    continue_statement           | continue;
                    decimal_floating_point_literal | 1.5
                    do_statement                 | do ; while (b);
                    element_value_array_initializer | {4, 5}
                    element_value_pair           | z = 6
                    enhanced_for_statement       | for (int k : a) continue;
                    enum_constant                | ONE
                    explicit_constructor_invocation | super();
                    field_declaration            | int f = 7;
                    for_statement                | for (;;) break;
                    if_statement                 | if (b) return;
                    import_declaration           | import p.q.*;
                    instanceof_expression        | o instanceof R(int n)
                    labeled_statement            | l: ;
                    lambda_expression            | () -> 8
                    marker_annotation            | @Y
                    method_reference             | A::new
                    null_literal                 | null
                    object_creation_expression   | new E()
                    package_declaration          | package p;
                    parenthesized_expression     | (b)
                    record_declaration           | record R(int n) { R { } }
                    record_pattern               | R(int n)
                    record_pattern_component     | int n
                    return_statement             | return;
                    static_initializer           | static { }
                    string_literal               | "s"
                    synchronized_statement       | synchronized (o) { }
                    ternary_expression           | b ? 9 : 10
                    throw_statement              | throw new E();
                    type_parameter               | T
                    update_expression            | i++
                    while_statement              | while (b) ;
                    wildcard                     | ?
                    """)
    void findsWhatTreeSitterCallsSo(String kind, String found) {
        String code =
                """
                package p;
                import p.q.*;
                @interface X { int y() default 2; }
                enum C { ONE }
                record R(int n) { R { } }
                @X(1) class A<T> {
                    int f = 7;
                    static { }
                    A() { super(); }
                    @W(z = 6) @V({4, 5}) @Y void m(int[] a, boolean b, Object o, List<?> q) {
                        assert a != null;
                        for (int k : a) continue;
                        for (;;) break;
                        if (b) return;
                        do ; while (b);
                        while (b) ;
                        l: ;
                        i += 1;
                        i++;
                        use((Object) a, a[i], 'c', "s", 1.5, A.class, new int[3], b ? 9 : 10, (b));
                        use(() -> 8, A::new, o instanceof R(int n));
                        try { } catch (Error | E e) { throw new E(); }
                        synchronized (o) { }
                    }
                }
                """;

        assertThat(texts("{'kind': '" + kind + "'}", code)).contains(found);
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
        Rule.Constrained rule =
                (Rule.Constrained)
                        read(
                                real,
                                "{'rule': {'pattern': 'f($A)'}, 'constraints': {'A': {'kind':"
                                        + " 'MethodCallExpr'}}}");
        assertThat(rule.constraints()).isEqualTo(Map.of("A", CALL));
        assertThat(read("{'rule': {'kind': 'catch_clause'}}")).isEqualTo(CATCH);
    }

    @Test
    void constrainsNames() {
        String rule = "{'rule': {'pattern': '$A.$M()'}, 'constraints': {'M': %s}}";
        String code = "class B { int b = x.foo() + x.bar(); }";

        assertThat(texts(rule.formatted("{'pattern': 'foo'}"), code)).containsExactly("x.foo()");
        assertThat(texts(rule.formatted("{'not': {'pattern': 'foo'}}"), code))
                .containsExactly("x.bar()");
        assertThat(texts(rule.formatted("{'regex': 'a', 'kind': 'identifier'}"), code))
                .containsExactly("x.bar()");
        assertThat(texts(rule.formatted("{'kind': 'SimpleName'}"), code)).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    {'all': [{'pattern': 'f($A)'}, {'has': {'pattern': 'g($$$A)'}}]} | used inconsistently: $A is one node
                    {'rule': {'pattern': 'f($A)'}, 'constraints': {'B': {'regex': 'x'}}} | no pattern has a hole $B
                    {'rule': {'pattern': 'f($A)'}, 'constraints': {'A': {'pattern': 'g($$$A)'}}} | used inconsistently
                    {'rule': {'pattern': '$M()'}, 'constraints': {'M': {'pattern': 'f()'}}} | $M is a name: it takes regex
                    {'rule': {'pattern': '$M()'}, 'constraints': {'M': {'not': {'kind': 'block'}}}} | $M is a name
                    {'rule': {'pattern': '$M()'}, 'constraints': {'M': {'pattern': '$X'}}} | $M is a name
                    {'rule': {'pattern': 'f("$S")'}, 'constraints': {'S': {'pattern': 'x'}}} | $S is what a string holds
                    {'rule': {'pattern': 'f($$$A)'}, 'constraints': {'A': {'kind': 'block'}}} | $$$A stands for any number
                    {'rule': {'kind': 'block'}, 'utils': {'a': {'kind': 'block', 'x': 1}}} | In rule.utils.a: there is no key 'x'
                    {'rule': {'kind': 'block'}, 'utils': {'a': {'not': {'matches': 'a'}}}} | 'a' refers to itself
                    {'pattern': '$$$A'} | does not stand alone
                    """)
    void refusesHolesAndRulesThatMeanNothing(String rule, String reason) {
        assertThatThrownBy(() -> read(real, rule.replace("f(\"$S\")", "f(\\\"$S\\\")")))
                .isInstanceOf(TideScopeException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void readsAPatternOnceHoweverOftenItIsReferredTo() {
        int[] read = {0};
        RuleReader counting =
                new RuleReader(
                        text -> {
                            read[0]++;
                            return pattern(text);
                        });

        read(
                counting,
                "{'rule': {'any': [{'matches': 'a'}, {'not': {'matches': 'a'}}]}, 'utils': {'a':"
                        + " {'pattern': 'a()'}}}");
        assertThat(read[0]).isEqualTo(1);
    }

    private List<String> texts(String rule, String code) {
        SyntaxTree tree = tree(code);
        return Search.of(read(real, rule)).find(tree, () -> {}).stream()
                .map(match -> tree.sourceText(match.start(), match.end()))
                .toList();
    }

    @Test
    void readsRulesThatOthersReferToByName() {
        String utils =
                ", 'utils': {'call': {'kind': 'MethodCallExpr'}, 'no': {'not': {'matches':"
                        + " 'call'}}}}";

        assertThat(read("{'rule': {'matches': 'call'}" + utils)).isEqualTo(CALL);
        assertThat(read("{'rule': {'all': [{'matches': 'no'}, {'matches': 'call'}]}" + utils))
                .isEqualTo(new Rule.All(List.of(new Rule.Not(CALL), CALL)));
    }

    @Test
    void readsThePartOfAPatternThatIsSelected() {
        Rule.Matches matches =
                (Rule.Matches)
                        read(
                                real,
                                "{'pattern': {'context': 'class A { int $F = $V; }', 'selector':"
                                        + " 'field_declaration', 'strictness': 'smart'}}");

        Pattern pattern = matches.pattern();
        int root = pattern.roots().getFirst();
        assertThat(pattern.roots()).hasSize(1);
        assertThat(pattern.tree().kind(root)).isEqualTo(NodeKind.FIELD_DECLARATION);
        assertThat(Search.of(matches).find(tree("class B { int b = 1; String c; }"), () -> {}))
                .singleElement()
                .satisfies(match -> assertThat(match.captures()).containsOnlyKeys("F", "V"));
    }

    @Test
    void selectsNoHole() {
        String rule =
                "{'pattern': {'context': 'class A {\\n $$$B\\n int $F = $V;\\n}', 'selector':"
                        + " 'field_declaration'}}";

        assertThat(texts(rule, "class B { int b = 1; String c; }")).containsExactly("int b = 1;");
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
                    {'regex': '((a{100}){100}){100}'}          | In rule.regex: the regular expression is too large
                    {'matches': 'a'}                           | In rule.matches: there is no rule in utils 'a'
                    {'pattern': {'selector': 'block'}}         | In rule.pattern: it takes a text, or a context
                    {'pattern': {'context': 'a', 'selector': 'block'}} | In rule.pattern.selector: the context has no 'block'
                    {'pattern': {'context': 'a', 'strictness': 'cst'}} | In rule.pattern.strictness: it must be smart
                    {'rule': {'matches': 'a'}, 'utils': {'a': {'not': {'matches': 'a'}}}} | In rule.utils.a.not.matches: 'a' refers to itself
                    {'rule': {'matches': 'b'}, 'utils': {'bb': {'kind': 'block'}}} | In rule.rule.matches: there is no rule in utils 'b'; did you mean bb?
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
        int most = RuleParts.MAX_DEPTH - 1;

        assertThat(read("{'not':".repeat(most) + kind + "}".repeat(most))).isNotNull();
        assertThatThrownBy(() -> read("{'not':".repeat(most + 1) + kind + "}".repeat(most + 1)))
                .hasMessageContaining("nested deeper");
    }

    @Test
    void boundsHowManyRulesThereAre() {
        StringBuilder utils = new StringBuilder("{'u0': {'kind': 'block'}");
        for (int i = 1; i < 12; i++) {
            utils.append(
                    ", 'u%d': {'all': [{'matches': 'u%d'}, {'matches': 'u%d'}]}"
                            .formatted(i, i - 1, i - 1));
        }

        assertThatThrownBy(
                        () -> read("{'rule': {'matches': 'u11'}, 'utils': %s}}".formatted(utils)))
                .hasMessageContaining("more than 400 rules");
    }

    @Test
    void boundsHowLargePatternsAreTogether() {
        String large = "f(%s)".formatted("a, ".repeat(2_000) + "a");
        String rule = "{'rule': {'any': [%s]}, 'utils': {'p': {'pattern': '%s'}}}";
        String few = rule.formatted("{'matches': 'p'}", large);
        String many =
                rule.formatted(
                        String.join(", ", Collections.nCopies(20, "{'matches': 'p'}")), large);

        assertThat(read(few)).isNotNull();
        assertThatThrownBy(() -> read(many)).hasMessageContaining("too large together");
    }

    @Test
    void boundsHowLargeRegularExpressionsAreTogether() {
        String large = "(?:%s){60}".formatted("a".repeat(90));
        String rule = "{'rule': {'any': [%s]}, 'utils': {'r': {'regex': '%s'}}}";
        String many =
                rule.formatted(
                        String.join(", ", Collections.nCopies(9, "{'matches': 'r'}")), large);

        assertThat(read(rule.formatted("{'matches': 'r'}", large))).isNotNull();
        assertThatThrownBy(() -> read(many)).hasMessageContaining("too large together");
    }

    private Rule read(String rule) {
        return read(reader, rule);
    }

    private static Rule read(RuleReader reader, String rule) {
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

    private static final SyntaxTree TREE = tree("class A {}");

    private static SyntaxTree tree(String source) {
        byte[] bytes = source.getBytes(StandardCharsets.UTF_8);
        if (!(new JavaSourceParser().parse(bytes) instanceof Parsed parsed)) {
            throw new IllegalStateException();
        }
        return parsed.tree();
    }
}
