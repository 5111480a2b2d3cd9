package io.tidescope.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

final class CommandLineInterfaceTest {
    private static final String ADMIN = "/api/v1/admin/";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void everyCommandHelps() {
        for (List<String> command : commands(CommandLineInterface.commandLine(), List.of())) {
            List<String> arguments = new ArrayList<>(command);
            arguments.add("--help");
            assertThat(run(arguments.toArray(String[]::new))).as("%s", arguments).isZero();
            assertThat(out.toString()).contains("Usage: tidescope");
            assertThat(err.toString()).isEmpty();
        }
    }

    @Test
    void everyCommandIsFoundByItsName() {
        for (String name : CommandLineInterface.commandLine().getSubcommands().keySet()) {
            assertThat(CommandLineInterface.commandLine(name).getSubcommands())
                    .as("alone")
                    .containsKey(name);
            if (!name.equals("help")) {
                assertThat(CommandLineInterface.commandLine(name).getSubcommands()).hasSize(2);
            }
        }
    }

    @Test
    void allCommandsAreKnownToOneThatIsNot() {
        assertThat(run("serch", "a()")).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString()).contains("serch").contains("search");
    }

    @Test
    void aWrongOptionIsOneLineThatSaysWhatAndWhereToLook() {
        assertThat(run("up", "--prot", "80")).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString()).startsWith("tidescope: ").contains("--prot");
    }

    @Test
    void aPortOutOfRangeIsWrongUsage() {
        assertThat(run("up", "--port", "65536")).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString()).contains("--port must be 0 to 65535, not 65536");
    }

    @Test
    void aClusterIsNamedWithItsRegistry() {
        assertThat(run("up", "--bootstrap", "kafka:9092")).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString()).contains("--registry");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tidescope", "localhost:8080", "ftp://localhost", "http:/8080"})
    void aServerThatNoAddressNamesIsRefusedWithAnExample(String url) {
        assertThat(run("query", "status", "--url", url)).isEqualTo(CommandLine.ExitCode.SOFTWARE);
        assertThat(err.toString())
                .startsWith("tidescope: --url must be an address such as http://127.0.0.1:8080")
                .contains("'" + url + "'");
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        assertThat(run("search", "--rule", "none.yaml")).isEqualTo(CommandLine.ExitCode.SOFTWARE);
        assertThat(err.toString().strip()).isEqualTo("tidescope: there is no none.yaml");
    }

    @Test
    void theHelpOfASearchShowsHolesAsTheyAreWritten() {
        run("search", "--help");

        assertThat(out.toString())
                .contains("'log.debug($$$ARGS)'")
                .contains("$NAME and $_ for one node, $$$ for several");
    }

    @Test
    void everyParameterOfTheApiIsAnOptionOrAnArgumentOfTheQuery() throws IOException {
        JsonNode api = api();
        CommandLine query =
                requireNonNull(
                        CommandLineInterface.commandLine().getSubcommands().get("query"), "query");
        int questions = 0;
        for (CommandLine question : query.getSubcommands().values()) {
            CommandSpec command = question.getCommandSpec();
            JsonNode parameters =
                    api.path("paths")
                            .path("/api/v1/" + command.name())
                            .path("get")
                            .path("parameters");
            assertThat(parameters.isArray()).as(command.name()).isTrue();
            for (JsonNode parameter : parameters) {
                String name = resolved(api, parameter).path("name").asText();
                assertThat(
                                command.findOption("--" + name.replace('_', '-')) != null
                                        || isArgument(command.name(), name))
                        .as("%s takes %s", command.name(), name)
                        .isTrue();
            }
            questions++;
        }
        assertThat(questions).isEqualTo(7);
    }

    @Test
    void troubleshootingHasACommandForEveryEndpointAndAnOptionForEveryParameter()
            throws IOException {
        JsonNode api = api();
        CommandLine admin =
                requireNonNull(
                        CommandLineInterface.commandLine().getSubcommands().get("admin"), "admin");
        // How new the index must be does not matter for what is wrong with it.
        Set<String> left = Set.of("consistency", "min_revision", "wait", "path");
        List<String> endpoints = new ArrayList<>();
        for (Map.Entry<String, JsonNode> path : api.path("paths").properties()) {
            if (!path.getKey().startsWith(ADMIN)) {
                continue;
            }
            String name = path.getKey().substring(ADMIN.length());
            endpoints.add(name);
            CommandSpec command =
                    requireNonNull(admin.getSubcommands().get(name), name).getCommandSpec();
            for (JsonNode parameter : path.getValue().path("get").path("parameters")) {
                String option = resolved(api, parameter).path("name").asText();
                assertThat(left.contains(option) || command.findOption("--" + option) != null)
                        .as("%s takes %s", name, option)
                        .isTrue();
            }
        }
        assertThat(admin.getSubcommands().keySet()).containsExactlyInAnyOrderElementsOf(endpoints);
    }

    @Test
    void everyKeyOfAStructuralSearchIsAnOptionOrAnArgumentOfIt() throws IOException {
        CommandSpec search =
                requireNonNull(
                                CommandLineInterface.commandLine().getSubcommands().get("search"),
                                "search")
                        .getCommandSpec();
        Set<String> elsewhere = Set.of("pattern", "paths", "countOnly");

        api().at("/components/schemas/StructureQuestion/properties")
                .fieldNames()
                .forEachRemaining(
                        key ->
                                assertThat(
                                                elsewhere.contains(key)
                                                        || search.findOption(
                                                                        "--"
                                                                                + key.replace(
                                                                                        '_', '-'))
                                                                != null)
                                        .as(key)
                                        .isTrue());
    }

    /** What a question is about is no option. */
    private static boolean isArgument(String question, String parameter) {
        return switch (question) {
            case "symbols" -> parameter.equals("q");
            case "occurrences" -> parameter.equals("name");
            case "document" -> parameter.equals("path");
            case "revisions" -> parameter.equals("revision");
            default -> false;
        };
    }

    private static JsonNode resolved(JsonNode api, JsonNode parameter) {
        return parameter.has("$ref")
                ? api.at(parameter.path("$ref").asText().substring(1))
                : parameter;
    }

    private static JsonNode api() throws IOException {
        try (InputStream description =
                CommandLineInterfaceTest.class.getResourceAsStream(
                        "/io/tidescope/query/http/openapi.json")) {
            return new ObjectMapper().readTree(Objects.requireNonNull(description));
        }
    }

    private static List<List<String>> commands(CommandLine command, List<String> path) {
        List<List<String>> all = new ArrayList<>(List.of(path));
        command.getSubcommands()
                .forEach(
                        (name, child) -> {
                            List<String> below = new ArrayList<>(path);
                            below.add(name);
                            all.addAll(commands(child, below));
                        });
        return all;
    }

    private int run(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return CommandLineInterface.commandLine(arguments)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
