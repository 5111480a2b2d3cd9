package io.tidescope.app.observability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;

import io.tidescope.app.observability.Expressions.Alert;
import io.tidescope.testing.Program;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

class ExpressionsTest {
    @Test
    void noDashboardIsWithoutPanels() throws IOException {
        try (Stream<Path> files =
                Files.list(Expressions.directory().resolve("grafana/dashboards"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .allSatisfy(
                            name ->
                                    assertThat(Expressions.panels())
                                            .anySatisfy(
                                                    each ->
                                                            assertThat(each.where())
                                                                    .startsWith(name)));
        }
    }

    @Test
    void everyAlertHasAPageAndEveryPageAnAlert() throws IOException {
        Path pages = Expressions.directory().resolveSibling("docs").resolve("runbooks");
        try (Stream<Path> files = Files.list(pages)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(
                            Expressions.alerts().stream()
                                    .map(alert -> alert.name() + ".md")
                                    .toList());
        }
    }

    @Test
    void kubernetesHasTheSameAlerts() throws IOException {
        ObjectMapper yaml = new ObjectMapper(new YAMLFactory());
        Path there = Expressions.directory().resolveSibling("k8s/base/prometheus-rules.yaml");
        assertThat(yaml.readTree(there.toFile()).path("spec").path("groups"))
                .isEqualTo(yaml.readTree(Expressions.rules().toFile()).path("groups"));
    }

    @Test
    void everyAlertIsSeenToFireAndToBeQuiet() throws IOException {
        String tests =
                Files.readString(Expressions.directory().resolve("prometheus/tests/tidescope.yml"));
        assertThat(Expressions.alerts())
                .extracting(Alert::name)
                .allSatisfy(
                        name ->
                                assertThat(tests)
                                        .contains("name: " + name + " fires\n")
                                        .contains("name: " + name + " is quiet\n"));
    }

    @Test
    void rulesAreReadByPrometheusAndDoWhatTheirTestsSay() throws Exception {
        assumeTrue(Program.isInstalled("promtool"), "promtool is not installed");
        Path prometheus = Expressions.directory().resolve("prometheus");

        run("promtool", "check", "rules", Expressions.rules().toString());
        run("promtool", "test", "rules", prometheus.resolve("tests/tidescope.yml").toString());
    }

    @Test
    void theExampleOfWhoIsToldIsReadByAlertmanager() throws Exception {
        assumeTrue(Program.isInstalled("amtool"), "amtool is not installed");

        Path example = Expressions.directory().resolve("alertmanager/alertmanager.yml");
        run("amtool", "check-config", example.toString());
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String printed =
                new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as("%s: %s", List.of(command), printed).isZero();
    }
}
