package io.tidescope.app.cli;

import com.fasterxml.jackson.databind.JsonNode;

import io.tidescope.app.client.Listings;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Asks a running TideScope. Every option is the HTTP parameter of the same name, which is where its
 * values are checked.
 */
@Command(
        name = "query",
        description = "Asks a running TideScope.",
        synopsisSubcommandLabel = "QUESTION")
final class QueryCommand {
    @Command(mixinStandardHelpOptions = true, description = "How much is indexed.")
    int status(@Mixin QueryOptions options) throws Exception {
        return show("/status", Map.of(), options, Listings::status);
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "The repositories, their refs and how far each is indexed.")
    int repositories(@Mixin QueryOptions options, @Mixin PageOptions page) throws Exception {
        return show("/repositories", page.parameters(), options, Listings::repositories);
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "How far the index has come with a revision.")
    int revisions(
            @Mixin QueryOptions options,
            @Mixin ScopeOptions scope,
            @Parameters(paramLabel = "REVISION", description = "Whole commit id.") String revision)
            throws Exception {
        return show(
                "/revisions", scope.and(Map.of("revision", revision)), options, Listings::revision);
    }

    @Command(mixinStandardHelpOptions = true, description = "The documents of a repository.")
    int documents(
            @Mixin QueryOptions options,
            @Mixin PageOptions page,
            @Option(names = "--repository", required = true, description = "Which repository.")
                    String repository,
            @Option(
                            names = "--ref",
                            defaultValue = "",
                            description = "Ref or branch (default: the default branch).")
                    String ref,
            @Option(names = "--prefix", defaultValue = "", description = "How paths start.")
                    String prefix)
            throws Exception {
        return show(
                "/documents",
                page.and(Map.of("repository", repository, "ref", ref, "prefix", prefix)),
                options,
                Listings::documents);
    }

    @Command(mixinStandardHelpOptions = true, description = "One document.")
    int document(
            @Mixin QueryOptions options,
            @Parameters(paramLabel = "PATH", description = "Path in the repository.") String path,
            @Option(names = "--repository", required = true, description = "Which repository.")
                    String repository,
            @Option(
                            names = "--ref",
                            defaultValue = "",
                            description = "Ref or branch (default: the default branch).")
                    String ref,
            @Option(
                            names = "--include",
                            defaultValue = "source",
                            description =
                                    "Of source, tree, outline, problems; several joined by commas"
                                            + " (default: ${DEFAULT-VALUE}).")
                    String include,
            @Option(names = "--format", defaultValue = "", description = "Of the tree: json, sexp.")
                    String format)
            throws Exception {
        return show(
                "/document",
                Map.of(
                        "repository", repository,
                        "ref", ref,
                        "path", path,
                        "include", include,
                        "format", format),
                options,
                Listings::document);
    }

    @Command(mixinStandardHelpOptions = true, description = "Declarations by name, best first.")
    int symbols(
            @Mixin QueryOptions options,
            @Mixin PageOptions page,
            @Mixin ScopeOptions scope,
            @Parameters(paramLabel = "NAME", description = "What to look for.") String name,
            @Option(
                            names = "--match",
                            defaultValue = "",
                            description = "exact, prefix, camel, substring, regex or fuzzy.")
                    String match,
            @Option(
                            names = "--kind",
                            split = ",",
                            description = "class, interface, enum, record, method, field, ...")
                    List<String> kinds)
            throws Exception {
        return show(
                "/symbols",
                page.and(scope.and(Map.of("q", name, "match", match, "kind", joined(kinds)))),
                options,
                Listings::symbols);
    }

    @Command(mixinStandardHelpOptions = true, description = "Where a name occurs.")
    int occurrences(
            @Mixin QueryOptions options,
            @Mixin PageOptions page,
            @Mixin ScopeOptions scope,
            @Parameters(paramLabel = "NAME", description = "The identifier.") String name,
            @Option(
                            names = "--role",
                            split = ",",
                            description = "definition, call, type, read, write, import, ...")
                    List<String> roles)
            throws Exception {
        return show(
                "/occurrences",
                page.and(scope.and(Map.of("name", name, "role", joined(roles)))),
                options,
                Listings::occurrences);
    }

    private static int show(
            String path,
            Map<String, String> parameters,
            QueryOptions options,
            Function<JsonNode, List<String>> listing)
            throws Exception {
        return options.ask(path, parameters, listing);
    }

    private static String joined(List<String> values) {
        return values == null ? "" : String.join(",", values);
    }
}
