package io.tidescope.app.lag;

/** A topic that a consumer group reads. */
public record Consumed(String group, String topic) {}
