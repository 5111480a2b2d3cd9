package io.tidescope.recovery.emergency;

import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.Namespace;
import io.tidescope.schemas.TideScopeException;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Who works on a deployment, as far as its cluster knows: members of the consumer groups of
 * parsers, stores, archivers and mirrors, and transactions of publishers that are under way. An
 * ingest that publishes nothing is not seen.
 */
final class RolesAtWork {
    private static final Duration PAUSE = Duration.ofMillis(200);

    /** In every other state a group has members, as while they agree on who does what. */
    private static final Set<GroupState> NOBODY =
            Set.of(GroupState.EMPTY, GroupState.DEAD, GroupState.UNKNOWN);

    private final Admin admin;
    private final Namespace names;

    /**
     * @param admin stays the caller's to close
     */
    RolesAtWork(Admin admin, Namespace names) {
        this.admin = admin;
        this.names = names;
    }

    /** Each of them for people; empty when there is nobody. */
    List<String> find() throws InterruptedException {
        List<String> found = new ArrayList<>();
        Map<String, String> groups = new TreeMap<>();
        groups.put(names.parserApplication(), "parsers");
        groups.put(names.storeApplication(), "stores");
        groups.put(names.archiver(), "archivers");
        for (Map.Entry<String, String> group : groups.entrySet()) {
            Collection<MemberDescription> members = members(admin, group.getKey());
            if (!members.isEmpty()) {
                found.add(
                        "%s: %s in consumer group %s"
                                .formatted(group.getValue(), who(members), group.getKey()));
            }
        }
        for (GroupListing group : Answer.of(admin.listGroups().all())) {
            if (group.groupId().startsWith(names.mirror())
                    && !NOBODY.contains(group.groupState().orElse(GroupState.UNKNOWN))) {
                found.add("mirror: consumer group " + group.groupId());
            }
        }
        for (TransactionListing transaction :
                Answer.of(
                        admin.listTransactions(
                                        new ListTransactionsOptions()
                                                .filterStates(Set.of(TransactionState.ONGOING)))
                                .all())) {
            if (transaction.transactionalId().startsWith(names.publisher(""))) {
                found.add("ingest: transaction " + transaction.transactionalId());
            }
        }
        return found;
    }

    /** Members of a group; one that there is not has none. */
    static Collection<MemberDescription> members(Admin admin, String group)
            throws InterruptedException {
        Map<String, ConsumerGroupDescription> described =
                Answer.unless(
                        GroupIdNotFoundException.class,
                        admin.describeConsumerGroups(List.of(group)).all());
        return described == null
                ? List.of()
                : described.values().stream().flatMap(each -> each.members().stream()).toList();
    }

    /** Client and host of each. */
    static String who(Collection<MemberDescription> members) {
        return members.stream()
                .map(member -> member.clientId() + " at " + member.host())
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
    }

    /**
     * @param allowed whether to go on
     * @param told hears who is still there, whenever that changes
     * @throws TideScopeException PRECONDITION_FAILED naming who is still there after that time;
     *     UNAVAILABLE when the cluster does not answer, or it was stopped
     */
    void awaitNobody(Duration patience, BooleanSupplier allowed, Consumer<String> told)
            throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        List<String> before = List.of();
        for (List<String> there = find(); !there.isEmpty(); there = find()) {
            if (!allowed.getAsBoolean()) {
                throw Emergency.stopped();
            }
            if (System.nanoTime() - deadline > 0) {
                throw atWork(there);
            }
            if (!there.equals(before)) {
                told.accept("waiting for " + String.join("; ", there));
                before = there;
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    /**
     * @throws TideScopeException PRECONDITION_FAILED naming who is there
     */
    void requireNobody() throws InterruptedException {
        List<String> there = find();
        if (!there.isEmpty()) {
            throw atWork(there);
        }
    }

    private static TideScopeException atWork(List<String> there) {
        return new TideScopeException(
                ErrorCode.PRECONDITION_FAILED,
                "The deployment is still worked on; stop these, and begin again:%n  %s"
                        .formatted(String.join("%n  ".formatted(), there)));
    }
}
