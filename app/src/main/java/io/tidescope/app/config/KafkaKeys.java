package io.tidescope.app.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** How the brokers are reached. */
final class KafkaKeys {
    static final SettingGroup GROUP = new SettingGroup(Role.values());

    static final Setting<List<Address>> BOOTSTRAP =
            GROUP.required(
                    "kafka.bootstrap",
                    new ListForm<>(ScalarForm.address(), 100),
                    "Brokers to find the Kafka cluster by.");
    static final Setting<Boolean> TLS =
            GROUP.of(
                    "kafka.tls.enabled",
                    ScalarForm.yesOrNo(),
                    "false",
                    "Whether connections to the brokers are encrypted.");
    static final Setting<Path> TRUSTSTORE =
            GROUP.optional(
                    "kafka.tls.truststore",
                    PathForm.file(),
                    "Certificates of authorities to trust: PEM, PKCS #12 or JKS; those"
                            + " of the Java platform when not set.");
    static final Setting<Secret> TRUSTSTORE_PASSWORD =
            GROUP.secret(
                    "kafka.tls.truststore-password", "What opens the truststore; none for PEM.");
    static final Setting<Path> TRUSTSTORE_PASSWORD_FILE = GROUP.fileOf(TRUSTSTORE_PASSWORD);
    static final Setting<Path> KEYSTORE =
            GROUP.optional(
                    "kafka.tls.keystore",
                    PathForm.file(),
                    "Key and certificate to prove who we are: PEM (both in one file),"
                            + " PKCS #12 or JKS.");
    static final Setting<Secret> KEYSTORE_PASSWORD =
            GROUP.secret("kafka.tls.keystore-password", "What opens the keystore; none for PEM.");
    static final Setting<Path> KEYSTORE_PASSWORD_FILE = GROUP.fileOf(KEYSTORE_PASSWORD);
    static final Setting<Secret> KEY_PASSWORD =
            GROUP.secret("kafka.tls.key-password", "What opens an encrypted key in it.");
    static final Setting<Path> KEY_PASSWORD_FILE = GROUP.fileOf(KEY_PASSWORD);
    static final Setting<Boolean> VERIFY_HOSTNAME =
            GROUP.of(
                    "kafka.tls.verify-hostname",
                    ScalarForm.yesOrNo(),
                    "true",
                    "Whether a broker's certificate must be for the name it is reached by.");
    static final Setting<SaslMechanism> SASL =
            GROUP.optional(
                    "kafka.sasl.mechanism",
                    ScalarForm.choice(SaslMechanism.class, SaslMechanism::protocolName),
                    "How to log in at the brokers; not at all when not set.");
    static final Setting<String> SASL_USERNAME =
            GROUP.optional(
                    "kafka.sasl.username",
                    ScalarForm.text("a text of one line", ".{1,500}"),
                    "Who logs in.");
    static final Setting<Secret> SASL_PASSWORD =
            GROUP.secret("kafka.sasl.password", "What they log in with.");
    static final Setting<Path> SASL_PASSWORD_FILE = GROUP.fileOf(SASL_PASSWORD);
    static final Setting<Map<String, String>> CLIENT_PROPERTIES =
            GROUP.optional(
                    "kafka.properties",
                    new ClientPropertiesForm(),
                    "Further properties of all Kafka clients, such as"
                            + " `request.timeout.ms`; none that are secret.");
    static final Setting<Path> CLIENT_PROPERTIES_FILE =
            GROUP.optional(
                    "kafka.properties-file",
                    PathForm.file(),
                    "A Java properties file with such properties, secret ones included.");

    private KafkaKeys() {}
}
