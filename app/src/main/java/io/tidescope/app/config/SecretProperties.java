package io.tidescope.app.config;

import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Which properties of Kafka clients are secret. */
public final class SecretProperties {
    private static final List<ConfigDef> CLIENTS =
            List.of(
                    AdminClientConfig.configDef(),
                    ConsumerConfig.configDef(),
                    ProducerConfig.configDef());

    /** Of what is not Kafka's own, such as of a login module. */
    private static final Pattern SOUNDS_SECRET =
            Pattern.compile("(?i)password|secret|credential|token|jaas");

    private static final String HIDDEN = "***";

    private SecretProperties() {}

    /** Whether Kafka takes it for one. */
    static boolean isSecret(String property) {
        return CLIENTS.stream()
                .map(client -> client.configKeys().get(property))
                .anyMatch(known -> known != null && known.type == ConfigDef.Type.PASSWORD);
    }

    /**
     * Properties as people may see them, sorted.
     *
     * @param properties of clients, also behind the names of clusters or connectors, joined by dots
     */
    public static Map<String, String> hidden(Map<String, String> properties) {
        Map<String, String> shown = new TreeMap<>(properties);
        shown.replaceAll((name, value) -> mayBeSecret(name) ? HIDDEN : value);
        return shown;
    }

    private static boolean mayBeSecret(String name) {
        if (SOUNDS_SECRET.matcher(name).find()) {
            return true;
        }
        for (int dot = -1; ; ) {
            if (isSecret(name.substring(dot + 1))) {
                return true;
            }
            dot = name.indexOf('.', dot + 1);
            if (dot < 0) {
                return false;
            }
        }
    }
}
