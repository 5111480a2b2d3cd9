package io.tidescope.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/**
 * The guarantee that an index which holds one repository on one ref is exactly what the oracle
 * says: the same documents, definitions and occurrences, and not one more.
 */
public final class IndexEqualsOracle {
    private final IndexClient index;
    private final String repository;

    public IndexEqualsOracle(IndexClient index, String repository) {
        this.index = index;
        this.repository = repository;
    }

    /** Asks for every document, the totals, and every name there is. */
    public void check(Map<String, ExpectedDocument> expected) {
        check(expected, names(expected));
    }

    /** Asks for every document, the totals, and these names. */
    public void check(Map<String, ExpectedDocument> expected, Set<String> names) {
        checkDocuments(expected.values());
        Map<String, List<String>> definitions = definitions(expected.values());
        Map<String, List<String>> occurrences = occurrences(expected.values());
        checkTotals(expected.size(), count(definitions), count(occurrences));
        Concurrently.forEach(
                names,
                name -> {
                    assertThat(indexedDefinitions(name))
                            .as("definitions of %s", name)
                            .containsExactlyInAnyOrderElementsOf(
                                    definitions.getOrDefault(name, List.of()));
                    assertThat(indexedOccurrences(name))
                            .as("occurrences of %s", name)
                            .containsExactlyInAnyOrderElementsOf(
                                    occurrences.getOrDefault(name, List.of()));
                });
    }

    /** Asks for every document, the totals, and so many of the names, drawn by chance. */
    public void checkSample(Map<String, ExpectedDocument> expected, int names, Random random) {
        List<String> all = new ArrayList<>(names(expected));
        Collections.shuffle(all, random);
        check(expected, Set.copyOf(all.subList(0, Math.min(names, all.size()))));
    }

    /** Every name that is defined or occurs. */
    public static Set<String> names(Map<String, ExpectedDocument> documents) {
        Set<String> names = new TreeSet<>();
        for (ExpectedDocument document : documents.values()) {
            document.definitions().forEach(definition -> names.add(definition.name()));
            document.occurrences().forEach(occurrence -> names.add(occurrence.name()));
        }
        return names;
    }

    private void checkDocuments(Collection<ExpectedDocument> expected) {
        List<String> indexed =
                index.list("/documents", Map.of("repository", repository)).stream()
                        .map(
                                item ->
                                        item.path("path").asText()
                                                + " "
                                                + item.path("blob").asText()
                                                + " "
                                                + item.path("size").asLong()
                                                + " bytes, lines "
                                                + item.path("lines").asInt())
                        .toList();
        assertThat(indexed)
                .as("documents")
                .containsExactlyInAnyOrderElementsOf(
                        expected.stream()
                                .map(
                                        document ->
                                                document.path()
                                                        + " "
                                                        + document.blob()
                                                        + " "
                                                        + document.size()
                                                        + " bytes, lines "
                                                        + document.lines())
                                .toList());
    }

    /** What nobody asks for by name shows in the totals. */
    private void checkTotals(int documents, int definitions, int occurrences) {
        JsonNode status = index.read("/status", Map.of());
        assertThat(
                        List.of(
                                status.path("documents").asInt(),
                                status.path("definitions").asInt(),
                                status.path("occurrences").asInt()))
                .as("documents, definitions and occurrences in total")
                .containsExactly(documents, definitions, occurrences);
    }

    private List<String> indexedDefinitions(String name) {
        return index
                .list("/symbols", Map.of("q", name, "match", "exact", "repository", repository))
                .stream()
                .map(
                        item ->
                                item.path("kind").asText()
                                        + " "
                                        + item.path("container").asText()
                                        + " "
                                        + place(item)
                                        + " to line "
                                        + item.path("endLine").asInt())
                .toList();
    }

    private List<String> indexedOccurrences(String name) {
        return index.list("/occurrences", Map.of("name", name, "repository", repository)).stream()
                .map(item -> item.path("role").asText() + " " + place(item))
                .toList();
    }

    private static String place(JsonNode item) {
        return place(
                item.path("path").asText(), item.path("line").asInt(), item.path("column").asInt());
    }

    private static String place(String path, int line, int column) {
        return path + ":" + line + ":" + column;
    }

    private static Map<String, List<String>> definitions(Collection<ExpectedDocument> documents) {
        Map<String, List<String>> byName = new HashMap<>();
        for (ExpectedDocument document : documents) {
            for (ExpectedDefinition definition : document.definitions()) {
                byName.computeIfAbsent(definition.name(), _ -> new ArrayList<>())
                        .add(
                                IndexClient.label(definition.kind())
                                        + " "
                                        + definition.container()
                                        + " "
                                        + place(
                                                document.path(),
                                                definition.line(),
                                                definition.column())
                                        + " to line "
                                        + definition.endLine());
            }
        }
        return byName;
    }

    private static Map<String, List<String>> occurrences(Collection<ExpectedDocument> documents) {
        Map<String, List<String>> byName = new HashMap<>();
        for (ExpectedDocument document : documents) {
            for (ExpectedOccurrence occurrence : document.occurrences()) {
                byName.computeIfAbsent(occurrence.name(), _ -> new ArrayList<>())
                        .add(
                                IndexClient.label(occurrence.role())
                                        + " "
                                        + place(
                                                document.path(),
                                                occurrence.line(),
                                                occurrence.column()));
            }
        }
        return byName;
    }

    private static int count(Map<String, List<String>> byName) {
        return byName.values().stream().mapToInt(List::size).sum();
    }
}
