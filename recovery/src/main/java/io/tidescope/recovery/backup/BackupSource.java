package io.tidescope.recovery.backup;

import io.tidescope.recovery.archive.ArchivedSchema;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.KafkaConnection;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.schemas.TopicAdmin;
import io.tidescope.schemas.Topics;
import io.tidescope.schemas.registry.SchemaRegistry;

import org.apache.kafka.clients.admin.Admin;

import java.util.Map;
import java.util.TreeMap;

/**
 * What is backed up.
 *
 * @param kafka the cluster
 * @param topics of the deployment
 * @param registry that values name their schemas of
 * @param version of TideScope, for the record
 */
public record BackupSource(
        KafkaConnection kafka, Topics topics, SchemaRegistry registry, String version) {
    /**
     * The topics as they are.
     *
     * @throws TideScopeException PRECONDITION_FAILED when one is not there or does not fit, or a
     *     restore into them is not complete; UNAVAILABLE
     */
    DurableTopics describe() {
        try (Admin admin = Admin.create(kafka.clientProperties())) {
            new TopicAdmin(admin).require(topics);
            return DurableTopics.describe(admin, topics);
        }
    }

    /**
     * Makes sure that what was read is of the topics that there are.
     *
     * @throws TideScopeException PRECONDITION_FAILED when one was made again meanwhile; else as
     *     above
     */
    void requireSame(DurableTopics before) {
        DurableTopics now = describe();
        for (int i = 0; i < before.all().size(); i++) {
            if (!now.all().get(i).isSame(before.all().get(i))) {
                throw new TideScopeException(
                        ErrorCode.PRECONDITION_FAILED,
                        "topic %s was made again while it was read"
                                .formatted(before.all().get(i).name()));
            }
        }
    }

    LogValues values() {
        return new LogValues(topics.names(), registry);
    }

    /**
     * Schemas by id.
     *
     * @param used ids, each with a topic
     * @throws TideScopeException NOT_FOUND when the registry does not know one, UNAVAILABLE
     */
    Map<Integer, ArchivedSchema> schemas(Map<Integer, String> used) {
        Map<Integer, ArchivedSchema> schemas = new TreeMap<>();
        used.forEach(
                (id, topic) ->
                        schemas.put(id, new ArchivedSchema(topic, registry.read(id).toString())));
        return schemas;
    }
}
