package io.tidescope.recovery.region;

import io.tidescope.recovery.region.RegionEpoch.Phase;
import io.tidescope.recovery.restore.WriterFence;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.KafkaProblem;
import io.tidescope.schemas.Namespace;
import io.tidescope.schemas.RefKey;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.schemas.Topic;
import io.tidescope.schemas.TopicAdmin;
import io.tidescope.schemas.registry.HttpSchemaRegistry;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Makes room in a region that published once for the log of the one that does now: what it has
 * published last may never have come there, so its log is not the beginning of the other one.
 */
public final class Reseed {
    private static final Logger LOG = LoggerFactory.getLogger(Reseed.class);
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final RegionWitness witness;
    private final RegionCluster own;
    private final RegionCluster peer;
    private final Consumer<String> says;

    /**
     * @param own the region that is emptied
     * @param peer the one that publishes
     * @param says told what is done, step by step
     */
    public Reseed(
            RegionWitness witness, RegionCluster own, RegionCluster peer, Consumer<String> says) {
        this.witness = witness;
        this.own = own;
        this.peer = peer;
        this.says = says;
    }

    /**
     * Deletes the topics of the deployment here and makes them anew, unless they are a mirror of
     * the region that publishes already. Its roles must not run.
     *
     * @param forgotten refs that may be lost: the other region has nothing of them, and git does
     *     not have them any more
     * @return whether anything was deleted
     * @throws TideScopeException PRECONDITION_FAILED when this region publishes, roles run here, or
     *     the other region has nothing of another ref that is here; UNAVAILABLE when one of the
     *     regions or the witness does not answer, and nothing more is deleted
     */
    public boolean run(Set<RefKey> forgotten) throws InterruptedException {
        RegionEpoch epoch = requirePassive();
        if (MirrorLag.partitions(MirrorProperties.offsetsTopic(epoch, own), own) > 0) {
            say("region %s mirrors %s already".formatted(own.name(), epoch.source()));
            return false;
        }
        ClusterReach.require(own);
        ClusterReach.require(peer);
        try (Admin admin = Admin.create(own.kafka().clientProperties())) {
            Set<String> there = existing(admin);
            if (isEmptied(admin, there)) {
                say("region %s is empty, and can be mirrored into".formatted(own.name()));
                return false;
            }
            requireIdle(admin);
            if (there.isEmpty()) {
                deleteGroups(admin);
                new TopicAdmin(admin).ensure(own.topics());
                return false;
            }
            if (there.containsAll(own.topics().published().stream().map(Topic::name).toList())) {
                requireReplaced(forgotten);
            }
            // Ingest that publishes nothing is not seen; it would go on from what was here.
            WriterFence.fence(admin, id -> id.startsWith(own.kafka().names().publisher("")));
            say("deleting %s".formatted(String.join(", ", there)));
            await(admin.deleteTopics(there).all());
            awaitGone(admin);
            deleteGroups(admin);
            new TopicAdmin(admin).ensure(own.topics());
            say("region %s is empty, and can be mirrored into".formatted(own.name()));
            return true;
        }
    }

    /** Roles may have been started since, and the mirror not have begun. */
    private boolean isEmptied(Admin admin, Set<String> there) throws InterruptedException {
        List<Topic> all = own.topics().all();
        return there.containsAll(all.stream().map(Topic::name).toList())
                && !TopicRecords.areIn(admin, all);
    }

    private RegionEpoch requirePassive() {
        RegionEpoch epoch = witness.current().orElse(null);
        if (epoch == null || epoch.phase() != Phase.ACTIVE || !epoch.source().equals(peer.name())) {
            throw new TideScopeException(
                    ErrorCode.PRECONDITION_FAILED,
                    "Region %s is emptied only while %s publishes, and %s."
                            .formatted(
                                    own.name(),
                                    peer.name(),
                                    epoch == null ? "no region does" : epoch.describe()));
        }
        return epoch;
    }

    private void requireIdle(Admin admin) throws InterruptedException {
        Namespace names = own.kafka().names();
        for (String group :
                List.of(names.parserApplication(), names.storeApplication(), names.archiver())) {
            try {
                boolean idle =
                        await(admin.describeConsumerGroups(List.of(group)).all()).values().stream()
                                .allMatch(described -> described.members().isEmpty());
                if (!idle) {
                    throw new TideScopeException(
                            ErrorCode.PRECONDITION_FAILED,
                            "Parsers, stores or archivers of region %s run (consumer group %s); stop them, and ingest and gateways, first."
                                    .formatted(own.name(), group));
                }
            } catch (TideScopeException e) {
                // A group that there is not has no members.
                if (!causedBy(e, GroupIdNotFoundException.class)) {
                    throw e;
                }
            }
        }
    }

    /**
     * Of every ref that is here the other region must have something, were it that git has deleted
     * it: what it has nothing of, no ingest there follows, and git may have.
     */
    private void requireReplaced(Set<RefKey> forgotten) {
        try (HttpSchemaRegistry ours = new HttpSchemaRegistry(own.registry());
                HttpSchemaRegistry theirs = new HttpSchemaRegistry(peer.registry())) {
            Set<RefKey> there =
                    LogAudit.of(peer.kafka(), peer.topics(), theirs).stream()
                            .filter(audit -> audit.whole() > 0)
                            .map(RefAudit::ref)
                            .collect(Collectors.toSet());
            List<String> alone =
                    LogAudit.of(own.kafka(), own.topics(), ours).stream()
                            .filter(audit -> audit.whole() > 0 && audit.commit() != null)
                            .map(RefAudit::ref)
                            .filter(ref -> !there.contains(ref))
                            .filter(ref -> !forgotten.contains(ref))
                            .map(ref -> ref.repository() + " " + ref.ref())
                            .sorted()
                            .toList();
            if (!alone.isEmpty()) {
                throw new TideScopeException(
                        ErrorCode.PRECONDITION_FAILED,
                        "Region %s has what %s has nothing of, and nothing was deleted: %s. What git has of it, let ingest of %s follow first; what git has no more, give up: %s"
                                .formatted(
                                        own.name(),
                                        peer.name(),
                                        String.join(", ", alone),
                                        peer.name(),
                                        alone.stream()
                                                .map("--forget '%s'"::formatted)
                                                .collect(Collectors.joining(" "))));
            }
        }
    }

    private Set<String> existing(Admin admin) throws InterruptedException {
        Set<String> all = await(admin.listTopics().names());
        Set<String> ours =
                own.topics().all().stream()
                        .map(Topic::name)
                        .filter(all::contains)
                        .collect(Collectors.toCollection(TreeSet::new));
        // How far mirrors of earlier epochs had come says nothing of what will be here.
        all.stream()
                .filter(name -> name.startsWith(own.kafka().names().mirror()))
                .forEach(ours::add);
        return ours;
    }

    private void awaitGone(Admin admin) throws InterruptedException {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (!existing(admin).isEmpty()) {
            if (System.nanoTime() - deadline > 0) {
                throw new TideScopeException(
                        ErrorCode.UNAVAILABLE,
                        "The topics of region %s are not gone after %d seconds; begin again when they are."
                                .formatted(own.name(), LIMIT.toSeconds()));
            }
            Thread.sleep(PAUSE);
        }
    }

    /** Their offsets are of topics that are gone. */
    private void deleteGroups(Admin admin) throws InterruptedException {
        Namespace names = own.kafka().names();
        for (String group : List.of(names.parserApplication(), names.storeApplication())) {
            try {
                await(admin.deleteConsumerGroups(List.of(group)).all());
            } catch (TideScopeException e) {
                if (!causedBy(e, GroupIdNotFoundException.class)) {
                    throw e;
                }
            }
        }
    }

    private static boolean causedBy(Throwable failure, Class<? extends Exception> kind) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (kind.isInstance(at)) {
                return true;
            }
        }
        return false;
    }

    private <T> T await(KafkaFuture<T> future) throws InterruptedException {
        try {
            return future.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw KafkaProblem.of(
                    "of region %s did not do what is needed".formatted(own.name()), e);
        }
    }

    private void say(String what) {
        LOG.atInfo().addKeyValue("region", own.name()).log(what);
        says.accept(what);
    }
}
