package io.tidescope.app.config;

import io.tidescope.schemas.KafkaConnection;
import io.tidescope.schemas.Replication;
import io.tidescope.schemas.Topics;

import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.Optional;

/** Reads what roles have in common; checks first, so that building the records cannot fail. */
final class RoleReader {
    private static final int BROKERS = Replication.BROKERS_DEFAULT.replicas();

    private final Values values;
    private final Problems problems;
    private final KafkaConnection kafka;
    private final @Nullable Secret webhookSecret;

    RoleReader(Values values, Problems problems) {
        this.values = values;
        this.problems = problems;
        kafka = KafkaProperties.connection(values, problems);
        webhookSecret =
                values.secret(IngestKeys.WEBHOOK_SECRET, IngestKeys.WEBHOOK_SECRET_FILE)
                        .orElse(null);
    }

    /**
     * Adds what is missing, and what does not go together.
     *
     * @param role null for none: then only the brokers must be there
     */
    void check(@Nullable Role role, Map<String, RawValue> written) {
        for (Setting<?> setting : Settings.all()) {
            boolean used =
                    role == null
                            ? setting.roles().size() == Role.values().length
                            : setting.roles().contains(role);
            if (setting.required() && used && !written.containsKey(setting.key())) {
                problems.add(
                        "%s is missing; it must be %s"
                                .formatted(setting.key(), setting.form().allowed()));
            }
        }
        int replicas = find(TopicKeys.REPLICAS).orElse(BROKERS);
        int minInsync = find(TopicKeys.MIN_INSYNC).orElse(BROKERS);
        if (replicas != BROKERS && minInsync > replicas) {
            problems.add(
                    "%s: %d is more than %s, which is %d"
                            .formatted(
                                    TopicKeys.MIN_INSYNC.key(),
                                    minInsync,
                                    TopicKeys.REPLICAS.key(),
                                    replicas));
        }
    }

    <T> T get(Setting<T> setting) {
        return values.get(setting);
    }

    <T> Optional<T> find(Setting<T> setting) {
        return values.find(setting);
    }

    ClusterConfiguration cluster() {
        return new ClusterConfiguration(
                kafka,
                new Topics(
                        kafka.names(),
                        get(TopicKeys.PARTITIONS),
                        new Replication(
                                find(TopicKeys.REPLICAS).orElse(BROKERS),
                                find(TopicKeys.MIN_INSYNC).orElse(BROKERS))));
    }

    Address admin(Role role) {
        return new Address(
                get(NodeKeys.ADMIN_HOST), find(NodeKeys.ADMIN_PORT).orElse(role.adminPort()));
    }

    Address address(Setting<String> host, Setting<Integer> port) {
        return new Address(get(host), get(port));
    }

    @Nullable Secret webhookSecret() {
        return webhookSecret;
    }
}
