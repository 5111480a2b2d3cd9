package io.tidescope.recovery.restore;

import io.tidescope.recovery.archive.Archive;
import io.tidescope.recovery.archive.Manifest;
import io.tidescope.recovery.archive.Validation;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.KafkaProblem;
import io.tidescope.schemas.Namespace;
import io.tidescope.schemas.RefKey;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.schemas.TopicAdmin;
import io.tidescope.schemas.Topics;
import io.tidescope.schemas.event.DocumentRecord;
import io.tidescope.schemas.event.FileChange;
import io.tidescope.schemas.event.RefState;
import io.tidescope.schemas.registry.AvroSerde;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/**
 * Restores a plan into a target: checks the backup, writes partition by partition, and last what
 * publishers begin from.
 *
 * <p>Stopped or killed at any moment, another one with the same plan goes on with it. Until it is
 * released, which {@link Verification} decides, no role starts on the target, see {@link
 * TopicAdmin}.
 */
public final class Restore {
    private static final int BATCH_BYTES = 1 << 20;
    private static final int LINGER_MILLIS = 20;

    /** As long as brokers allow if nothing else is said, but for a third: stores may be slow. */
    private static final int TRANSACTION_TIMEOUT_MILLIS = 600_000;

    private static final long BUFFER_BYTES = Topics.MAX_RECORD_BYTES + (48L << 20);

    private final Archive archive;
    private final RestorePlan plan;
    private final RestoreTarget target;
    private final int threads;
    private final BooleanSupplier allowed;
    private final Progress progress;

    /** Hears how far a restore has come. */
    public interface Progress {
        /**
         * Called by one thread at a time.
         *
         * @param done of {@code total} records of the backup's log
         */
        void show(long done, long total);
    }

    /** With a progress that nobody hears of. */
    public Restore(
            Archive archive,
            RestorePlan plan,
            RestoreTarget target,
            int threads,
            BooleanSupplier allowed) {
        this(archive, plan, target, threads, allowed, (done, total) -> {});
    }

    /**
     * @param threads partitions that are written at the same time
     * @param allowed whether to go on; asked often
     * @param progress told after some megabytes of a partition
     */
    public Restore(
            Archive archive,
            RestorePlan plan,
            RestoreTarget target,
            int threads,
            BooleanSupplier allowed,
            Progress progress) {
        this.archive = archive;
        this.plan = plan;
        this.target = target;
        this.threads = threads;
        this.allowed = allowed;
        this.progress = progress;
    }

    /**
     * Writes everything; no role starts there before the {@link #release}.
     *
     * @return what this run has written
     * @throws TideScopeException CORRUPT naming all that is damaged in the backup, and nothing more
     *     was written; PRECONDITION_FAILED when the target is not empty, or has other partitions,
     *     or another restore has begun there; UNAVAILABLE when cluster or store do not answer, or
     *     it was stopped: the same restore goes on with it
     */
    public Restored run() throws InterruptedException {
        check();
        try (Admin admin = Admin.create(target.kafka().clientProperties())) {
            RestoreClaim claim = new RestoreClaim(admin, target.topics(), plan);
            try (Producer<byte[], byte[]> producer = producer("claim")) {
                claim.take(producer, group(target.kafka().names().restore()));
            }
            Restored restored = write(claim);
            claim.awaitReadable();
            return restored;
        } catch (KafkaException e) {
            throw KafkaProblem.of("did not take what is restored", e);
        }
    }

    /**
     * Makes sure that the target's registry takes the backup's schemas, and registers them.
     *
     * @throws TideScopeException INVALID_ARGUMENT when it has others that they do not fit;
     *     UNAVAILABLE
     */
    public void registerSchemas() {
        schemaIds();
    }

    private SchemaIds schemaIds() {
        return new SchemaIds(
                plan.chain().newest().schemas(), target.kafka().names(), target.registry());
    }

    /**
     * Lets roles start there: everything is written, and was found to be right. Nothing happens
     * where it was released before.
     *
     * @throws TideScopeException PRECONDITION_FAILED when another restore has begun there since;
     *     UNAVAILABLE when the cluster does not answer
     */
    public void release() throws InterruptedException {
        try (Admin admin = Admin.create(target.kafka().clientProperties())) {
            new RestoreClaim(admin, target.topics(), plan).release();
        }
    }

    /**
     * Makes sure that it can be restored, whatever there is in the target: reads all of the backup,
     * and writes nothing.
     *
     * @throws TideScopeException CORRUPT naming all that is damaged in the backup;
     *     PRECONDITION_FAILED when the target has other partitions; UNAVAILABLE when the store does
     *     not answer, or it was stopped
     */
    public Validation.Outcome check() {
        requireSamePartitions();
        Validation.Outcome outcome =
                new Validation(archive, allowed).run(plan.chain().newest().id());
        if (!outcome.isSound()) {
            throw new TideScopeException(
                    ErrorCode.CORRUPT,
                    "Backup %d cannot be restored, and this run has written nothing:%n  %s"
                            .formatted(
                                    outcome.id(),
                                    String.join("%n  ".formatted(), outcome.problems())));
        }
        return outcome;
    }

    private void requireSamePartitions() {
        int archived = plan.partitions();
        if (archived != target.topics().partitions()) {
            throw new TideScopeException(
                    ErrorCode.PRECONDITION_FAILED,
                    "The backup has %d partitions and the target is configured for %d; set topics.partitions to %d."
                            .formatted(archived, target.topics().partitions(), archived));
        }
    }

    private Restored write(RestoreClaim claim) throws InterruptedException {
        Manifest newest = plan.chain().newest();
        ArchivedRegistry archived = new ArchivedRegistry(newest.schemas());
        Namespace names = target.kafka().names();
        RestoreContext context =
                new RestoreContext(
                        archive,
                        plan,
                        plan.publishes(),
                        plan.fingerprint(),
                        names,
                        AvroSerde.forValue(Archive.LOG, FileChange.class, archived),
                        AvroSerde.forValue(names.documents(), DocumentRecord.class, archived),
                        AvroSerde.forValue(
                                names.documents(), DocumentRecord.class, target.registry()),
                        schemaIds(),
                        claim.logId(),
                        group(names.restore()),
                        group(names.parserApplication()),
                        new Passed(plan.chain(), progress));
        Restored restored = Restored.NOTHING;
        for (Restored each : partitions(context, claim)) {
            restored = restored.plus(each);
        }
        writeStates(context, claim, archived);
        return restored;
    }

    private List<Restored> partitions(RestoreContext context, RestoreClaim claim)
            throws InterruptedException {
        List<Restored> all = new ArrayList<>();
        AtomicBoolean failed = new AtomicBoolean();
        // Interrupted, a producer would wait for half a minute before it is closed.
        BooleanSupplier going = () -> !failed.get() && allowed.getAsBoolean();
        try (ExecutorService workers = Executors.newFixedThreadPool(threads)) {
            List<Future<Restored>> running = new ArrayList<>();
            for (int i = 0; i < target.topics().partitions(); i++) {
                int partition = i;
                running.add(workers.submit(() -> partition(context, claim, partition, going)));
            }
            try {
                for (Future<Restored> each : running) {
                    all.add(each.get());
                }
            } catch (ExecutionException e) {
                failed.set(true);
                throw e.getCause() instanceof RuntimeException failure
                        ? failure
                        : new IllegalStateException(e);
            }
        }
        return all;
    }

    private Restored partition(
            RestoreContext context, RestoreClaim claim, int partition, BooleanSupplier going)
            throws InterruptedException {
        if (!going.getAsBoolean()) {
            throw PartitionRestore.stopped(context);
        }
        TopicPartition log = new TopicPartition(context.names().fileChanges(), partition);
        try (Producer<byte[], byte[]> producer = producer(log.toString())) {
            producer.initTransactions();
            // Behind the fence nobody else writes it any more.
            RestoreProgress begun = claim.progress(log);
            if (begun.done()) {
                context.passed().add(context.archived(Archive.LOG, partition));
                return Restored.NOTHING;
            }
            return new PartitionRestore(context, partition, producer).run(begun.next(), going);
        }
    }

    private void writeStates(RestoreContext context, RestoreClaim claim, ArchivedRegistry archived)
            throws InterruptedException {
        TopicPartition topic = new TopicPartition(context.names().repositories(), 0);
        AvroSerde<RefState> states =
                AvroSerde.forValue(topic.topic(), RefState.class, target.registry());
        try (Producer<byte[], byte[]> producer = producer(topic.toString())) {
            producer.initTransactions();
            if (claim.progress(topic).done()) {
                return;
            }
            producer.beginTransaction();
            for (RefState state :
                    RefStates.of(
                            plan.state(),
                            context.reader(context.archived(Archive.REPOSITORIES, 0)),
                            AvroSerde.forValue(topic.topic(), RefState.class, archived))) {
                producer.send(
                        new ProducerRecord<>(
                                topic.topic(),
                                0,
                                new RefKey(state.getRepository(), state.getRef()).toBytes(),
                                states.serialize(state)));
            }
            producer.sendOffsetsToTransaction(
                    Map.of(
                            topic,
                            new RestoreProgress(
                                            1, plan.chain().newest().id(), plan.fingerprint(), true)
                                    .toOffset()),
                    context.restoreGroup());
            producer.commitTransaction();
        }
    }

    private Producer<byte[], byte[]> producer(String part) {
        Map<String, Object> properties = target.kafka().clientProperties();
        properties.put(
                ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                target.kafka().names().restore() + "-" + part);
        properties.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TRANSACTION_TIMEOUT_MILLIS);
        properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "zstd");
        // As those who wrote it first do.
        properties.put(ProducerConfig.COMPRESSION_ZSTD_LEVEL_CONFIG, 1);
        properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Topics.MAX_RECORD_BYTES);
        properties.put(ProducerConfig.BUFFER_MEMORY_CONFIG, BUFFER_BYTES);
        properties.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
        properties.put(ProducerConfig.LINGER_MS_CONFIG, LINGER_MILLIS);
        // A second request would overtake the first write of a transaction, and be refused.
        properties.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        return new KafkaProducer<>(
                properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private ConsumerGroupMetadata group(String name) {
        Map<String, Object> properties = target.kafka().clientProperties();
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, name);
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            return consumer.groupMetadata();
        }
    }
}
