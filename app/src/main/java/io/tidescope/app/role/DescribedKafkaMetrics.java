package io.tidescope.app.role;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.config.MeterFilter;

import java.util.Objects;

/**
 * Says of Kafka's own metrics what they are where Kafka does not: that their name is all there is.
 */
final class DescribedKafkaMetrics implements MeterFilter {
    private static final String KAFKA = "kafka.";

    @Override
    public Meter.Id map(Meter.Id id) {
        if (!id.getName().startsWith(KAFKA)
                || !Objects.requireNonNullElse(id.getDescription(), "").isBlank()) {
            return id;
        }
        String name = id.getName().substring(KAFKA.length()).replace('.', '-');
        return new Meter.Id(
                id.getName(),
                Tags.of(id.getTags()),
                id.getBaseUnit(),
                "Of Kafka's clients: " + name,
                id.getType());
    }
}
