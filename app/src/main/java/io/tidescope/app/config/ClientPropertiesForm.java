package io.tidescope.app.config;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The form of properties of Kafka clients that stand in the configuration itself. */
final class ClientPropertiesForm implements Form<Map<String, String>> {
    private static final int MOST = 200;

    @Override
    public String allowed() {
        return "a mapping of at most %d properties of Kafka clients".formatted(MOST);
    }

    @Override
    public Optional<Map<String, String>> read(String key, RawValue value, Problems problems) {
        if (!(value instanceof RawValue.Mapped mapping) || mapping.entries().size() > MOST) {
            problems.notAllowedNorShown(key, value, allowed());
            return Optional.empty();
        }
        Map<String, String> read = new HashMap<>();
        for (RawValue.Entry entry : mapping.entries()) {
            String name = key + "." + entry.key();
            String place = entry.value().place();
            if (SecretProperties.isSecret(entry.key())) {
                problems.add(
                        "%s (%s) is a secret, which does not belong here; put it into the file of kafka.properties-file"
                                .formatted(name, place));
            } else if (!(entry.value() instanceof RawValue.Scalar scalar)) {
                problems.notAllowed(name, entry.value(), "one text");
            } else if (read.put(entry.key(), scalar.text()) != null) {
                problems.add("%s (%s) is there twice".formatted(name, place));
            }
        }
        return Optional.of(read);
    }
}
