package io.tidescope.app.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.tidescope.schemas.TideScopeException;
import io.tidescope.testing.ScratchDirectory;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

final class StructureQuestionTest {
    private final ScratchDirectory scratch = ScratchDirectory.create("tidescope-rule");

    @AfterEach
    void close() {
        scratch.close();
    }

    @Test
    void asksWithWhatIsGivenOnly() throws Exception {
        assertThat(
                        question(
                                "a($B)",
                                null,
                                List.of("src/**"),
                                Map.of("limit", "5", "repository", "r", "ref", "")))
                .isEqualTo(
                        json(
                                "{'pattern': 'a($B)', 'paths': ['src/**'], 'limit': 5,"
                                        + " 'repository': 'r'}"));
        assertThat(StructureQuestion.of(null, null, List.of(), Map.of()).json()).isEqualTo("{}");
    }

    @Test
    void readsARuleAsAstGrepWritesItsFiles() throws Exception {
        Path file =
                rule(
                        """
                        id: no-stop
                        language: java
                        severity: warning
                        message: $A is stopped twice, as $B says
                        labels: {A: {style: primary}}
                        transform: {B: {replace: {source: $A, replace: p, by: q}}}
                        fix: $B.close()
                        rule:
                          all:
                            - pattern: $A.stop()
                            - inside: {kind: catch_clause, stopBy: end}
                        constraints:
                          A: {regex: '^pump'}
                        """);

        assertThat(question(null, file, List.of(), Map.of()))
                .isEqualTo(
                        json(
                                "{'rule': {'rule': {'all': [{'pattern': '$A.stop()'}, {'inside':"
                                        + " {'kind': 'catch_clause', 'stopBy': 'end'}}]},"
                                        + " 'constraints': {'A': {'regex': '^pump'}}}}"));
    }

    @Test
    void refusesWhatIsNoYamlOrNoNumber() throws Exception {
        Path file = rule("a: [");

        assertThatThrownBy(() -> StructureQuestion.of(null, file, List.of(), Map.of()))
                .isInstanceOf(TideScopeException.class)
                .hasMessageContaining("is no YAML");
        assertThatThrownBy(() -> StructureQuestion.of("a", null, List.of(), Map.of("limit", "x")))
                .isInstanceOf(TideScopeException.class)
                .hasMessageContaining("--limit");
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = "~~",
            value = {
                "rule: {kind: block}\\n---\\nrule: {kind: block} ~~ more than one document",
                "rule: {any: [&a {kind: block}, *a]} ~~ the alias *a",
                "rule: {kind: block, kind: if_statement} ~~ Duplicate",
                "rule: {kind: block}\\nlanguage: kotlin ~~ is a rule for kotlin",
                "# nothing ~~ is empty",
            })
    void refusesWhatIsNotOneRuleForJava(String yaml, String reason) throws Exception {
        Path file = rule(yaml.replace("\\n", "\n"));

        assertThatThrownBy(() -> StructureQuestion.of(null, file, List.of(), Map.of()))
                .isInstanceOf(TideScopeException.class)
                .hasMessageContaining(reason);
    }

    private Path rule(String yaml) throws IOException {
        return Files.writeString(scratch.path().resolve("rule.yml"), yaml);
    }

    private static JsonNode question(
            @Nullable String pattern,
            @Nullable Path rule,
            List<String> paths,
            Map<String, String> others)
            throws IOException {
        return json(StructureQuestion.of(pattern, rule, paths, others).json());
    }

    private static JsonNode json(String json) throws IOException {
        return new ObjectMapper().readTree(json.replace('\'', '"'));
    }
}
