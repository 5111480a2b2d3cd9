package io.tidescope.app.role;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.tidescope.ingest.IngestService;

import java.util.ArrayList;
import java.util.List;

/** Tells how ingest does, in metrics and health. */
public final class IngestWatch {
    /** Of the repositories with a problem, as many are named in the health. */
    private static final int MAX_NAMED = 5;

    private IngestWatch() {}

    /** Begins to tell it of a service whose progress is added up. */
    public static void watch(
            IngestService service, IngestProgress progress, Surroundings surroundings) {
        surroundings.health().add("ingest", () -> problems(progress.of(service)));
        MeterRegistry meters = surroundings.meters();
        Gauge.builder("tide_scope_ast_ingest_repositories", service, each -> each.statuses().size())
                .description("Repositories that are followed")
                .register(meters);
        Gauge.builder(
                        "tide_scope_ast_ingest_repositories_with_problems",
                        service,
                        each -> progress.of(each).problems().size())
                .description("Repositories of them that cannot be read or published")
                .register(meters);
        FunctionCounter.builder(
                        "tide_scope_ast_ingest_publishes", progress, IngestProgress::publishes)
                .description("Refs that were published to their end")
                .register(meters);
        FunctionCounter.builder("tide_scope_ast_ingest_changes", progress, IngestProgress::changes)
                .description("Changes of files that were published with them")
                .register(meters);
    }

    static List<String> problems(Publishing publishing) {
        List<String> problems =
                publishing.problems().entrySet().stream()
                        .map(problem -> problem.getKey() + ": " + problem.getValue())
                        .sorted()
                        .toList();
        int rest = problems.size() - MAX_NAMED;
        if (rest <= 0) {
            return problems;
        }
        List<String> named = new ArrayList<>(problems.subList(0, MAX_NAMED));
        named.add("%d more repositories have a problem".formatted(rest));
        return named;
    }
}
