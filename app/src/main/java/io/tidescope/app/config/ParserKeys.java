package io.tidescope.app.config;

import io.tidescope.parser.stream.ParserSettings;

import java.time.Duration;

/** How files are parsed. */
final class ParserKeys {
    static final SettingGroup GROUP = new SettingGroup(Role.PARSER);

    static final Setting<Integer> PARSER_THREADS =
            GROUP.optional(
                    "parser.threads",
                    ScalarForm.wholeNumber(1, ParserSettings.MAX_THREADS),
                    "Files parsed at the same time; one for each core when not set.");
    static final Setting<Duration> PARSE_DEADLINE =
            GROUP.of(
                    "parser.parse-deadline",
                    ScalarForm.duration(Duration.ofMillis(100), ParserSettings.MAX_PARSE_DEADLINE),
                    ScalarForm.show(ParserSettings.DEFAULT_PARSE_DEADLINE),
                    "How long one file may take.");
    static final Setting<Duration> PARSER_SESSION =
            GROUP.of(
                    "parser.session-timeout",
                    ScalarForm.duration(NodeKeys.SHORTEST_SESSION, NodeKeys.LONGEST_SESSION),
                    ScalarForm.show(ParserSettings.DEFAULT_SESSION_TIMEOUT),
                    "After which a node that vanished loses its partitions; brokers"
                            + " have bounds of their own, `group.min.session.timeout.ms`.");

    private ParserKeys() {}
}
