package io.tidescope.query.admin;

import static io.tidescope.query.api.ApiParameters.CURSOR;
import static io.tidescope.query.api.ApiParameters.LIMIT;
import static io.tidescope.query.api.ApiParameters.REF;
import static io.tidescope.query.api.ApiParameters.REPOSITORY;

import io.tidescope.query.PageRequest;
import io.tidescope.query.api.ApiLimits;
import io.tidescope.query.api.ApiParameters;
import io.tidescope.query.api.Endpoint;
import io.tidescope.query.api.ListAnswer;
import io.tidescope.query.api.QueryStart;
import io.tidescope.query.api.QueryStart.Begun;
import io.tidescope.query.api.QueryStart.OnRef;
import io.tidescope.query.api.QueryStart.Scoped;
import io.tidescope.query.request.Arguments;
import io.tidescope.query.request.Choice;
import io.tidescope.query.request.Parameter;
import io.tidescope.query.request.RefName;
import io.tidescope.query.request.Text;
import io.tidescope.query.request.WholeNumber;
import io.tidescope.schemas.DocumentKey;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.store.query.DocumentInspection;
import io.tidescope.store.query.Measure;
import io.tidescope.store.query.PartitionInspection;
import io.tidescope.store.query.RepositoryGlobs;
import io.tidescope.store.query.Scope;
import io.tidescope.store.query.StoreClient.Answers;
import io.tidescope.store.query.Trouble;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What is stored, where and how. */
final class StoreEndpoints {
    private static final Scope ALL = new Scope(null, Scope.ALL_REFS);
    static final int MAX_PARTITION = 9_999;

    private static final Parameter<Measure> BY =
            Parameter.defaulted("by", Choice.of(Measure.class), Choice.label(Measure.BYTES));
    private static final Parameter<Integer> PARTITION =
            Parameter.optional("partition", new WholeNumber(0, MAX_PARTITION));
    private static final Parameter<String> PATH =
            Parameter.optional("path", new Text(ApiLimits.MAX_PATH_LENGTH));
    private static final Parameter<String> ONE_REF = Parameter.optional("ref", new RefName(false));

    private final QueryStart start;
    private final NodeSource nodes;

    StoreEndpoints(QueryStart start, NodeSource nodes) {
        this.start = start;
        this.nodes = nodes;
    }

    List<Endpoint> all() {
        return List.of(
                Endpoint.ofAdminQuery("stats", ApiParameters.with(), this::stats),
                Endpoint.ofAdminQuery(
                        "largest-files",
                        ApiParameters.with(BY, REPOSITORY, REF, LIMIT),
                        this::largest),
                Endpoint.ofAdminQuery(
                        "syntax-check",
                        ApiParameters.with(REPOSITORY, REF, LIMIT, CURSOR),
                        arguments -> troubled(arguments, Trouble.SYNTAX)),
                Endpoint.ofAdminQuery(
                        "validate-encoding",
                        ApiParameters.with(REPOSITORY, REF, LIMIT, CURSOR),
                        arguments -> troubled(arguments, Trouble.ENCODING)),
                Endpoint.ofAdminQuery(
                        "store-inspect",
                        ApiParameters.with(PARTITION, REPOSITORY, ONE_REF, PATH),
                        this::inspect));
    }

    private StatsAnswer stats(Arguments arguments) {
        Begun query = start.begin(arguments, ALL);
        Set<Integer> partitions = query.gateway().partitions();
        return StatsAnswer.of(query.gateway().inspect(partitions, query.deadline()), nodes.nodes());
    }

    private LargeFiles largest(Arguments arguments) {
        Measure measure = arguments.read(BY);
        int limit = arguments.read(LIMIT);
        Scoped query = start.scoped(arguments, RepositoryGlobs.ALL);
        return LargeFiles.of(
                query.gateway().largest(measure, query.scope(), limit, query.deadline()),
                measure,
                limit);
    }

    private ListAnswer<TroubledItem> troubled(Arguments arguments, Trouble trouble) {
        PageRequest page = ApiParameters.page(Choice.label(trouble), arguments);
        Scoped query = start.scoped(arguments, RepositoryGlobs.ALL);
        return ListAnswer.of(
                query.gateway().troubled(trouble, query.scope(), page, query.deadline()),
                TroubledItem::of);
    }

    private Object inspect(Arguments arguments) {
        Optional<Integer> partition = arguments.find(PARTITION);
        Optional<String> path = arguments.find(PATH);
        boolean repository = arguments.find(REPOSITORY).isPresent();
        boolean anyOfDocument =
                path.isPresent() || repository || arguments.find(ONE_REF).isPresent();
        if (partition.isPresent() ? anyOfDocument : path.isEmpty() || !repository) {
            throw TideScopeException.invalid(
                    PARTITION.name(),
                    "Give either partition, or repository and path with or without ref.");
        }
        return partition.isPresent()
                ? partition(arguments, partition.get())
                : document(arguments, path.orElseThrow());
    }

    private InspectedPartition partition(Arguments arguments, int partition) {
        Begun query = start.begin(arguments, ALL);
        int partitions = query.gateway().partitions().size();
        if (partition >= partitions) {
            throw TideScopeException.invalid(
                    PARTITION.name(),
                    "There is no partition %d; there are %d, from 0 on."
                            .formatted(partition, partitions));
        }
        Answers<PartitionInspection> answers =
                query.gateway().inspect(Set.of(partition), query.deadline());
        return InspectedPartition.of(partition, only(answers), answers.standings().get(partition));
    }

    private InspectedDocument document(Arguments arguments, String path) {
        OnRef query = start.onRef(arguments, RepositoryGlobs.ALL, path);
        DocumentKey key = new DocumentKey(query.repository(), query.ref(), path);
        int partition = query.gateway().partition(key.repository(), path);
        DocumentInspection found =
                only(query.gateway().inspect(key, query.deadline())).stream()
                        .findFirst()
                        .orElseThrow(
                                () ->
                                        TideScopeException.about(
                                                ErrorCode.NOT_FOUND,
                                                PATH.name(),
                                                "There is no document %s on %s of %s."
                                                        .formatted(
                                                                path,
                                                                query.ref(),
                                                                query.repository())));
        return InspectedDocument.of(key, partition, found);
    }

    /** What the one partition that was asked answered; had it not, that would be an error. */
    private static <R> R only(Answers<R> answers) {
        return answers.byPartition().values().iterator().next();
    }
}
