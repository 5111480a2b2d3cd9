package io.tidescope.app.observability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.contentOf;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;

import io.tidescope.app.observability.Expressions.Alert;
import io.tidescope.app.observability.Expressions.Expression;
import io.tidescope.query.access.ApiToken;
import io.tidescope.query.access.TokenEntry;
import io.tidescope.recovery.archive.Archive;
import io.tidescope.recovery.archive.DrillOutcome;
import io.tidescope.recovery.object.ObjectStore;
import io.tidescope.recovery.object.ObjectStores;
import io.tidescope.testing.Eventually;
import io.tidescope.testing.GitRepository;
import io.tidescope.testing.IndexClient;
import io.tidescope.testing.PackagedApplication;
import io.tidescope.testing.PrometheusServer;
import io.tidescope.testing.TideScopeProcess;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Every dashboard and every alert has something to show on a cluster that works. */
@Timeout(400)
final class ObservabilityIT {
    private static final Duration LIMIT = Duration.ofSeconds(120);
    private static final String REPOSITORY = "shop";

    /** As {@code cluster up} says where a node's health and metrics are. */
    private static final Pattern NODE =
            Pattern.compile("(?m)^ +(\\S+) .*health and metrics at http://(\\S+)$");

    private static final Pattern HELP = Pattern.compile("(?m)^# HELP (\\S+) ?(.*)$");
    private static final Pattern TYPE = Pattern.compile("(?m)^# TYPE (\\S+) ");

    private static final Pattern OWN = Pattern.compile("`(tide_scope_ast_\\w+)`");

    private final HttpClient http = HttpClient.newHttpClient();
    @TempDir private Path temporary;
    private @Nullable TideScopeProcess cluster;
    private final List<Process> beside = new ArrayList<>();
    private GitRepository shop;
    private Map<String, String> nodes;
    private IndexClient client;

    @BeforeEach
    void start() throws IOException {
        shop = GitRepository.create(temporary.resolve(REPOSITORY));
        push(0);
        TideScopeProcess started =
                TideScopeProcess.launchCluster(
                        temporary.resolve("data"),
                        List.of(shop.directory().toString(), "--stores", "2", "--partitions", "4"));
        cluster = started;
        client = new IndexClient(started.awaitServing());
        nodes = nodes(started.printed());
        nodes.put("gateway-2", startGatewayWithTokens());
        nodes.put("archiver", startArchiver());
        nodes.put("ingest-2", startIngestOfARegion());
        client.awaitIndexed(REPOSITORY, shop.head(), LIMIT);
    }

    /**
     * One more, which has a file that it watches.
     *
     * @return its admin port's address
     */
    private String startGatewayWithTokens() throws IOException {
        return startBeside(
                "gateway",
                Map.of(
                        "TIDESCOPE_GATEWAY_PORT",
                        "0",
                        "TIDESCOPE_HTTP_TOKENS",
                        tokens().toString()));
    }

    /**
     * A role that a cluster on one machine has none of; its first backup is made at once.
     *
     * @return its admin port's address
     */
    private String startArchiver() throws IOException {
        Path archive = Files.createDirectory(temporary.resolve("archive"));
        try (ObjectStore store = ObjectStores.directory(archive, InstantSource.system())) {
            new Archive(store).drills().add(drill());
        }
        return startBeside(
                "archiver",
                Map.of(
                        "TIDESCOPE_ARCHIVE_LOCATION",
                        archive.toString(),
                        "TIDESCOPE_BACKUP_INTERVAL",
                        "1m"));
    }

    /** One that passed, of what has not been backed up yet. */
    private static DrillOutcome drill() {
        long now = InstantSource.system().millis();
        return new DrillOutcome(
                now, 1, true, 1_000L, 1_000L, 1, 1, 1, 1, 1, 1, 0, List.of(), 0, List.of());
    }

    /**
     * One that knows no region that publishes, and so publishes nothing.
     *
     * @return its admin port's address
     */
    private String startIngestOfARegion() throws IOException {
        Path witness = Files.createDirectory(temporary.resolve("witness"));
        return startBeside(
                "ingest",
                Map.of(
                        "TIDESCOPE_INGEST_PORT",
                        "0",
                        "TIDESCOPE_INGEST_REPOSITORIES",
                        shop.directory().toString(),
                        "TIDESCOPE_REGION_NAME",
                        "east",
                        "TIDESCOPE_REGION_WITNESS",
                        witness.toString()));
    }

    /** Starts a role beside the cluster, with the configuration of its gateway and more. */
    private String startBeside(String role, Map<String, String> more) throws IOException {
        Path configuration = temporary.resolve("data/nodes/gateway-1.yaml");
        Path printed = temporary.resolve(role + "-beside.out");
        String address = "127.0.0.1:" + freePort();
        List<String> command = new ArrayList<>(PackagedApplication.java("-Xmx256m"));
        command.addAll(
                List.of("io.tidescope.app.Main", role, "--config", configuration.toString()));
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(printed.toFile());
        Map<String, String> environment = builder.environment();
        environment.putAll(more);
        environment.put("TIDESCOPE_ADMIN_PORT", address.substring(address.indexOf(':') + 1));
        environment.put("TIDESCOPE_LOG_FILE", temporary.resolve(role + "-beside.log").toString());
        Process started = builder.start();
        beside.add(started);
        Eventually.until(
                LIMIT,
                role + " is ready",
                () -> started.isAlive() && isReady(address),
                () -> contentOf(printed.toFile()));
        return address;
    }

    private Path tokens() throws IOException {
        TokenEntry entry =
                new TokenEntry(
                        "somebody",
                        ApiToken.create(new SecureRandom()).hash(),
                        List.of("read"),
                        List.of("**"),
                        null);
        return Files.writeString(temporary.resolve("tokens"), entry.write() + "\n");
    }

    private boolean isReady(String address) {
        try {
            return get("http://" + address + "/health/ready").contains("\"ready\":true");
        } catch (ConnectException e) {
            return false;
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @AfterEach
    void end() {
        beside.forEach(Process::destroyForcibly);
        if (cluster != null) {
            cluster.close();
        }
    }

    private void push(int number) {
        for (int file = 0; file < 8; file++) {
            shop.write("File" + file + ".java", "class Type" + file + " { int v" + number + "; }");
        }
        shop.write("package-info.java", "/** " + number + " */ package shop;");
        shop.commit("push " + number);
    }

    private static Map<String, String> nodes(String printed) {
        Map<String, String> found = new TreeMap<>();
        Matcher matcher = NODE.matcher(printed);
        while (matcher.find()) {
            found.put(matcher.group(1), matcher.group(2));
        }
        assertThat(found)
                .containsOnlyKeys(
                        "registry", "ingest", "store-1", "store-2", "parser-1", "gateway-1");
        return found;
    }

    @Test
    void everyPanelAndEveryAlertHasData() throws Exception {
        assumeTrue(PrometheusServer.isInstalled(), "prometheus is not installed");
        List<Expression> expressions = new ArrayList<>(Expressions.panels());
        Expressions.alerts().stream().map(Alert::measured).forEach(expressions::add);
        try (PrometheusServer prometheus =
                PrometheusServer.start(temporary, freePort(), Expressions.rules(), nodes)) {
            Set<Expression> empty = new HashSet<>(expressions);
            int[] round = {0};
            Eventually.until(
                    LIMIT,
                    "all have data",
                    () -> {
                        use(++round[0]);
                        empty.removeIf(each -> hasData(prometheus, each));
                        return empty.isEmpty();
                    },
                    () -> "without data: " + empty);
            // They are asked of what is there; one of something that is not there has none.
            assertThat(prometheus.query("tide_scope_ast_no_such_metric")).isEmpty();
        }
    }

    /** A quotient, or a quantile, of nothing is not a number; whatever else is none has no data. */
    private static boolean hasData(PrometheusServer prometheus, Expression expression) {
        boolean mayBeNone =
                expression.text().contains(" / ")
                        || expression.text().contains("histogram_quantile");
        for (JsonNode sample : prometheus.query(expression.text())) {
            if (mayBeNone || !sample.path("value").path(1).asText().equals("NaN")) {
                return true;
            }
        }
        return false;
    }

    /** What people do with it, so that all that is counted is counted. */
    private void use(int round) {
        push(round);
        client.awaitIndexed(REPOSITORY, shop.head(), LIMIT);
        client.ask("/symbols", Map.of("q", "Type1", "match", "exact"));
        client.ask("/symbols", Map.of());
        client.ask("/documents", Map.of("repository", REPOSITORY));
    }

    @Test
    void everyMetricOfEveryRoleSaysWhatItIs() throws Exception {
        use(1);
        for (Map.Entry<String, String> node : nodes.entrySet()) {
            String metrics = get("http://" + node.getValue() + "/metrics");
            Map<String, String> help = new HashMap<>();
            HELP.matcher(metrics)
                    .results()
                    .forEach(found -> help.put(found.group(1), found.group(2)));
            assertThat(TYPE.matcher(metrics).results().map(found -> found.group(1)))
                    .as(node.getKey())
                    .isNotEmpty()
                    .allSatisfy(name -> assertThat(help.get(name)).as(name).isNotBlank());
        }
    }

    @Test
    void thePageNamesAllMetricsOfOurOwnAndNoOther() throws Exception {
        use(1);
        Set<String> served = new TreeSet<>();
        for (String node : nodes.values()) {
            TYPE.matcher(get("http://" + node + "/metrics"))
                    .results()
                    .map(found -> found.group(1))
                    .filter(name -> name.startsWith("tide_scope_ast_"))
                    // Beside each histogram there is the most that it saw lately.
                    .filter(name -> !name.endsWith("_max"))
                    .forEach(served::add);
        }
        Path page = Expressions.directory().resolveSibling("docs").resolve("observability.md");
        assertThat(OWN.matcher(Files.readString(page)).results().map(found -> found.group(1)))
                .containsExactlyInAnyOrderElementsOf(served);
    }

    private String get(String address) throws IOException, InterruptedException {
        return http.send(
                        HttpRequest.newBuilder(URI.create(address)).build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
