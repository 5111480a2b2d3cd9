package io.tidescope.recovery.restore;

import io.tidescope.recovery.archive.Archive;
import io.tidescope.recovery.archive.ArchivedPartition;
import io.tidescope.recovery.archive.PartitionReader;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.Namespace;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.schemas.event.DocumentRecord;
import io.tidescope.schemas.event.FileChange;
import io.tidescope.schemas.registry.AvroSerde;

import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.common.Uuid;

/**
 * What the restores of all partitions have in common.
 *
 * @param names of the target
 * @param changes reads changes as the backup has them
 * @param archivedDocuments reads documents as the backup has them
 * @param documents writes documents as the target has them
 * @param schemas gives values the ids that their schemas have in the target
 * @param topic the target's id of {@code file-changes}
 * @param restoreGroup keeps how far each partition has come
 * @param parserGroup keeps where parsers begin
 * @param passed counts how far they have come together
 */
record RestoreContext(
        Archive archive,
        RestorePlan plan,
        RestorePlan.Publishes publishes,
        String fingerprint,
        Namespace names,
        AvroSerde<FileChange> changes,
        AvroSerde<DocumentRecord> archivedDocuments,
        AvroSerde<DocumentRecord> documents,
        SchemaIds schemas,
        Uuid topic,
        ConsumerGroupMetadata restoreGroup,
        ConsumerGroupMetadata parserGroup,
        Passed passed) {
    /**
     * A partition as the backup has it.
     *
     * @throws TideScopeException CORRUPT when it does not
     */
    ArchivedPartition archived(String topic, int partition) {
        return plan.chain().partitions().stream()
                .filter(where -> where.topic().equals(topic) && where.partition() == partition)
                .findFirst()
                .orElseThrow(
                        () ->
                                new TideScopeException(
                                        ErrorCode.CORRUPT,
                                        "Backup %d does not have partition %d of %s."
                                                .formatted(
                                                        plan.chain().newest().id(),
                                                        partition,
                                                        topic)));
    }

    PartitionReader reader(ArchivedPartition where) {
        return new PartitionReader(archive, plan.chain(), where);
    }
}
