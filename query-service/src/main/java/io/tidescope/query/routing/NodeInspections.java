package io.tidescope.query.routing;

import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.store.query.Deadline;
import io.tidescope.store.query.NodeClient;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Asks all nodes how they do inside, side by side. */
final class NodeInspections {
    private NodeInspections() {}

    /**
     * An address of the store, and what is known of it.
     *
     * @param member as it was last heard of; null when it never was
     * @param client asks it; null when it is of no use to
     * @param trouble why it is not, or was not heard of
     */
    record Known(
            String address,
            @Nullable Member member,
            boolean live,
            @Nullable NodeClient client,
            String trouble) {}

    /** One report of each process, by whichever of its addresses comes first. */
    static List<NodeReport> of(List<Known> known, Deadline deadline) {
        List<Future<NodeReport>> asked = new ArrayList<>();
        // They end with the deadline, and closing waits for them.
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            distinct(known)
                    .forEach(node -> asked.add(threads.submit(() -> report(node, deadline))));
        }
        return asked.stream().map(NodeInspections::result).toList();
    }

    private static List<Known> distinct(List<Known> known) {
        Set<String> live =
                known.stream()
                        .filter(Known::live)
                        .flatMap(node -> Stream.ofNullable(node.member()))
                        .map(member -> member.status().nodeId())
                        .collect(Collectors.toSet());
        Set<String> processes = new HashSet<>();
        List<Known> distinct = new ArrayList<>();
        for (Known node : known) {
            Member member = node.member();
            if (member == null) {
                distinct.add(node);
            } else if (node.live() || !live.contains(member.status().nodeId())) {
                // Else it was started again elsewhere, and is no more where it was.
                if (processes.add(member.status().incarnation())) {
                    distinct.add(node);
                }
            }
        }
        return distinct;
    }

    private static NodeReport report(Known node, Deadline deadline) {
        NodeClient client = node.client();
        if (client == null) {
            return untold(node, node.trouble());
        }
        try {
            Member member = node.member();
            return new NodeReport(
                    node.address(),
                    member == null ? null : member.status(),
                    node.live(),
                    client.inspect(deadline),
                    null);
        } catch (TideScopeException e) {
            return untold(node, e.getMessage() == null ? node.trouble() : e.getMessage());
        }
    }

    private static NodeReport untold(Known node, String trouble) {
        Member member = node.member();
        return new NodeReport(
                node.address(),
                member == null ? null : member.status(),
                node.live(),
                null,
                trouble);
    }

    private static NodeReport result(Future<NodeReport> report) {
        try {
            return report.get();
        } catch (ExecutionException e) {
            throw new TideScopeException(
                    ErrorCode.INTERNAL, "A node of the store could not be inspected.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TideScopeException(
                    ErrorCode.UNAVAILABLE, "Nobody waits for the answer any more.", e);
        }
    }
}
