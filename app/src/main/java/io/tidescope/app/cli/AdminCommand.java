package io.tidescope.app.cli;

import io.tidescope.app.client.AdminListings;
import io.tidescope.app.client.NodeListings;
import io.tidescope.app.client.StoreListings;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;

/**
 * Looks for what is wrong with a running TideScope. Every command is the HTTP endpoint of the same
 * name, and every option its parameter, which is where values are checked.
 */
@Command(
        name = "admin",
        description = "Looks for what is wrong with a running TideScope.",
        synopsisSubcommandLabel = "WHAT",
        subcommands = AdminReplayCommand.class)
final class AdminCommand {
    @Command(
            name = "slow-queries",
            mixinStandardHelpOptions = true,
            description = "Queries that took long, slowest first.")
    int slowQueries(
            @Mixin AdminOptions options,
            @Mixin LimitOption limit,
            @Option(
                            names = "--threshold",
                            defaultValue = "",
                            description = "Only those of so many milliseconds or more.")
                    String threshold)
            throws Exception {
        return options.ask(limit.and(Map.of("threshold", threshold)), AdminListings::slowQueries);
    }

    @Command(
            name = "query-patterns",
            mixinStandardHelpOptions = true,
            description = "What is asked how often, and how long it takes.")
    int queryPatterns(
            @Mixin AdminOptions options,
            @Mixin LimitOption limit,
            @Option(
                            names = "--order",
                            defaultValue = "",
                            description = "What comes first: count, time or p99.")
                    String order)
            throws Exception {
        return options.ask(limit.and(Map.of("order", order)), AdminListings::queryPatterns);
    }

    @Command(
            name = "recent-errors",
            mixinStandardHelpOptions = true,
            description = "What requests ended in, newest first.")
    int recentErrors(
            @Mixin AdminOptions options,
            @Mixin LimitOption limit,
            @Option(
                            names = "--severity",
                            defaultValue = "",
                            description = "Only this or worse: info, warning, error, critical.")
                    String severity)
            throws Exception {
        return options.ask(limit.and(Map.of("severity", severity)), AdminListings::recentErrors);
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "How far parsers and stores are behind, by partition.")
    int lag(@Mixin AdminOptions options) throws Exception {
        return options.ask(Map.of(), AdminListings::lag);
    }

    @Command(
            name = "cache-stats",
            mixinStandardHelpOptions = true,
            description = "What caches hold and are good for, here and on store nodes.")
    int cacheStats(@Mixin AdminOptions options) throws Exception {
        return options.ask(Map.of(), NodeListings::cacheStats);
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "How store nodes do: freshness, memory, partitions, restores.")
    int nodes(@Mixin AdminOptions options) throws Exception {
        return options.ask(Map.of(), NodeListings::nodes);
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "How large the index is, and which node has which partitions.")
    int stats(@Mixin AdminOptions options) throws Exception {
        return options.ask(Map.of(), StoreListings::stats);
    }

    @Command(
            name = "largest-files",
            mixinStandardHelpOptions = true,
            description = "The largest documents, largest first.")
    int largestFiles(
            @Mixin AdminOptions options,
            @Mixin ScopeOptions scope,
            @Mixin LimitOption limit,
            @Option(
                            names = "--by",
                            defaultValue = "",
                            description = "What they are large by: bytes, lines or tree.")
                    String by)
            throws Exception {
        return options.ask(limit.and(scope.and(Map.of("by", by))), StoreListings::largestFiles);
    }

    @Command(
            name = "syntax-check",
            mixinStandardHelpOptions = true,
            description = "Documents that are not Java, wholly or in parts.")
    int syntaxCheck(@Mixin AdminOptions options, @Mixin ScopeOptions scope, @Mixin PageOptions page)
            throws Exception {
        return options.ask(page.and(scope.parameters()), StoreListings::troubled);
    }

    @Command(
            name = "store-inspect",
            mixinStandardHelpOptions = true,
            description = "How a partition is stored, or a document.")
    int storeInspect(
            @Mixin AdminOptions options,
            @Mixin ScopeOptions scope,
            @Option(
                            names = "--partition",
                            defaultValue = "",
                            description = "A partition, by its number.")
                    String partition,
            @Parameters(
                            arity = "0..1",
                            paramLabel = "PATH",
                            defaultValue = "",
                            description = "A document of --repository, by its path.")
                    String path)
            throws Exception {
        return options.ask(
                scope.and(Map.of("partition", partition, "path", path)), StoreListings::inspected);
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Writes what is stored anew, without what was overwritten and deleted.")
    int gc(@Mixin AdminOptions options, @Mixin MaintenanceOptions maintenance) throws Exception {
        return maintenance.begin(options, "Compacting");
    }

    @Command(
            name = "rebuild-index",
            mixinStandardHelpOptions = true,
            description = "Builds the stores again from the log; the old ones answer meanwhile.")
    int rebuildIndex(@Mixin AdminOptions options, @Mixin MaintenanceOptions maintenance)
            throws Exception {
        return maintenance.begin(options, "Rebuilding");
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "What is done to the stores, or was done last, by node and partition.")
    int maintenance(
            @Mixin AdminOptions options,
            @Option(names = "--partition", defaultValue = "", description = "Only this partition.")
                    String partition)
            throws Exception {
        return options.ask(Map.of("partition", partition), StoreListings::maintenance);
    }

    @Command(
            name = "test-parse",
            mixinStandardHelpOptions = true,
            description = "Parses a file as if it was pushed, and keeps nothing.")
    int testParse(
            @Mixin AdminOptions options,
            @Parameters(paramLabel = "FILE", description = "A Java file of this machine.")
                    Path file)
            throws Exception {
        return options.post(content(file), answer -> AdminListings.parsed(answer, file.toString()));
    }

    @Command(
            name = "validate-encoding",
            mixinStandardHelpOptions = true,
            description = "Documents that are not UTF-8; or what the bytes of a file are read as.")
    int validateEncoding(
            @Mixin AdminOptions options,
            @Mixin ScopeOptions scope,
            @Mixin PageOptions page,
            @Parameters(
                            arity = "0..1",
                            paramLabel = "FILE",
                            description = "A file of this machine, instead of what is indexed.")
                    @Nullable Path file)
            throws Exception {
        return file == null
                ? options.ask(page.and(scope.parameters()), StoreListings::troubled)
                : options.post(content(file), AdminListings::encoding);
    }

    private static Map<String, String> content(Path file) throws Exception {
        return Map.of("content", Base64.getEncoder().encodeToString(Files.readAllBytes(file)));
    }
}
