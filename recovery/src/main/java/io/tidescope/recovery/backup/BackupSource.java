package io.tidescope.recovery.backup;

import io.tidescope.recovery.archive.ArchivedSchema;
import io.tidescope.schemas.KafkaConnection;
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
    DurableTopics describe() {
        try (Admin admin = Admin.create(kafka.clientProperties())) {
            return DurableTopics.describe(admin, topics);
        }
    }

    LogValues values() {
        return new LogValues(topics.names(), registry);
    }

    /**
     * Schemas by id.
     *
     * @param used ids, each with a topic
     * @throws io.tidescope.schemas.TideScopeException NOT_FOUND when the registry does not know
     *     one, UNAVAILABLE
     */
    Map<Integer, ArchivedSchema> schemas(Map<Integer, String> used) {
        Map<Integer, ArchivedSchema> schemas = new TreeMap<>();
        used.forEach(
                (id, topic) ->
                        schemas.put(id, new ArchivedSchema(topic, registry.read(id).toString())));
        return schemas;
    }
}
