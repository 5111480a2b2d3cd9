package io.tidescope.schemas.trace;

import io.opentelemetry.api.common.AttributeKey;

/** What spans say about records: OpenTelemetry's semantic conventions, and our own beside them. */
public final class Messaging {
    public static final AttributeKey<String> SYSTEM = AttributeKey.stringKey("messaging.system");
    public static final AttributeKey<String> OPERATION =
            AttributeKey.stringKey("messaging.operation.name");
    public static final AttributeKey<String> DESTINATION =
            AttributeKey.stringKey("messaging.destination.name");
    public static final AttributeKey<String> PARTITION =
            AttributeKey.stringKey("messaging.destination.partition.id");
    public static final AttributeKey<Long> OFFSET = AttributeKey.longKey("messaging.kafka.offset");

    public static final AttributeKey<String> REPOSITORY =
            AttributeKey.stringKey("tidescope.repository");
    public static final AttributeKey<String> REF = AttributeKey.stringKey("tidescope.ref");
    public static final AttributeKey<String> REVISION =
            AttributeKey.stringKey("tidescope.revision");
    public static final AttributeKey<String> PATH = AttributeKey.stringKey("tidescope.path");

    /** What {@link #SYSTEM} is. */
    public static final String KAFKA = "kafka";

    private Messaging() {}
}
