package io.tidescope.app.config;

/** How to log in at a broker. */
enum SaslMechanism {
    PLAIN("PLAIN", "org.apache.kafka.common.security.plain.PlainLoginModule"),
    SCRAM_SHA_256("SCRAM-SHA-256", "org.apache.kafka.common.security.scram.ScramLoginModule"),
    SCRAM_SHA_512("SCRAM-SHA-512", "org.apache.kafka.common.security.scram.ScramLoginModule");

    private final String protocolName;
    private final String loginModule;

    SaslMechanism(String protocolName, String loginModule) {
        this.protocolName = protocolName;
        this.loginModule = loginModule;
    }

    String protocolName() {
        return protocolName;
    }

    /** The value of {@code sasl.jaas.config}; holds the password. */
    String login(String username, Secret password) {
        return "%s required username=\"%s\" password=\"%s\";"
                .formatted(loginModule, quoted(username), quoted(password.value()));
    }

    private static String quoted(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"");
    }
}
