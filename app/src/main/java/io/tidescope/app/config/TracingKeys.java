package io.tidescope.app.config;

import java.net.URI;

/** Where traces are sent. */
final class TracingKeys {
    static final SettingGroup GROUP =
            new SettingGroup(Role.INGEST, Role.PARSER, Role.STORE, Role.GATEWAY);

    static final Setting<URI> ENDPOINT =
            GROUP.optional(
                    "tracing.endpoint",
                    ScalarForm.http(),
                    "Receiver of OTLP over HTTP that traces are sent to, without `/v1/traces`; no"
                            + " traces when not set.");
    static final Setting<Double> SAMPLE =
            GROUP.of(
                    "tracing.sample",
                    ScalarForm.fraction(),
                    "0.01",
                    "Fraction of the traces that begin here to record; of others, whoever began"
                            + " them has decided.");

    private TracingKeys() {}
}
