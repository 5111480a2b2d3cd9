package io.tidescope.query.admin;

import io.tidescope.query.api.Endpoint;
import io.tidescope.query.request.Arguments;
import io.tidescope.query.request.Parameter;
import io.tidescope.query.request.WholeNumber;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.store.query.Deadline;
import io.tidescope.store.query.MaintainPartition;
import io.tidescope.store.query.Maintenance.Task;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What is done to the stores, each replica by itself, while they answer. */
final class MaintenanceEndpoints {
    /** Beginning it, or saying how it goes, takes a node a moment. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Parameter<Integer> PARTITION =
            Parameter.optional("partition", new WholeNumber(0, StoreEndpoints.MAX_PARTITION));

    private final NodeSource nodes;

    MaintenanceEndpoints(NodeSource nodes) {
        this.nodes = nodes;
    }

    List<Endpoint> all() {
        return List.of(
                Endpoint.ofAdminBody(
                        MaintenanceItem.COMPACT,
                        List.of(PARTITION),
                        arguments -> ask(arguments, Task.COMPACT)),
                Endpoint.ofAdminBody(
                        MaintenanceItem.REBUILD,
                        List.of(PARTITION),
                        arguments -> ask(arguments, Task.REBUILD)),
                Endpoint.ofAdminQuery(
                        "maintenance", List.of(PARTITION), arguments -> ask(arguments, null)));
    }

    private MaintenanceAnswer ask(Arguments arguments, @Nullable Task begin) {
        Optional<Integer> partition = arguments.find(PARTITION);
        MaintenanceAnswer answer =
                MaintenanceAnswer.of(
                        nodes.askAll(
                                new MaintainPartition(begin, Deadline.in(PATIENCE)),
                                number -> partition.isEmpty() || partition.get() == number));
        if (answer.items().isEmpty() && answer.missing().isEmpty()) {
            throw partition.isPresent()
                    ? TideScopeException.about(
                            ErrorCode.NOT_FOUND,
                            PARTITION.name(),
                            "No node of the store has partition %d.".formatted(partition.get()))
                    : new TideScopeException(
                            ErrorCode.UNAVAILABLE, "No node of the store has answered yet.");
        }
        return answer;
    }
}
