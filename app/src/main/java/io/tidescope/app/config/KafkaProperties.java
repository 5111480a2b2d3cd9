package io.tidescope.app.config;

import io.tidescope.schemas.KafkaConnection;
import io.tidescope.schemas.Namespace;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;

/** How to reach the brokers, from settings to the properties of Kafka's clients. */
final class KafkaProperties {
    private static final byte[] JKS = {(byte) 0xFE, (byte) 0xED, (byte) 0xFE, (byte) 0xED};
    private static final byte[] PEM = "-----BEGIN".getBytes(StandardCharsets.US_ASCII);

    private final Values values;
    private final Problems problems;
    private final Map<String, String> properties = new HashMap<>();

    private KafkaProperties(Values values, Problems problems) {
        this.values = values;
        this.problems = problems;
    }

    /** Worth something only when there were no problems. */
    static KafkaConnection connection(Values values, Problems problems) {
        return new KafkaProperties(values, problems).connection();
    }

    private KafkaConnection connection() {
        values.find(KafkaKeys.CLIENT_PROPERTIES).ifPresent(given -> given.forEach(this::putGiven));
        values.find(KafkaKeys.CLIENT_PROPERTIES_FILE).ifPresent(this::putFile);
        boolean tls = values.find(KafkaKeys.TLS).orElse(false);
        putTls(tls);
        Optional<SaslMechanism> sasl = values.find(KafkaKeys.SASL);
        putSasl(sasl);
        if (tls || sasl.isPresent()) {
            put(
                    "security.protocol",
                    (sasl.isPresent() ? "SASL_" : "") + (tls ? "SSL" : "PLAINTEXT"));
        }
        return new KafkaConnection(
                values.find(KafkaKeys.BOOTSTRAP).orElse(List.of()).stream()
                        .map(Address::toString)
                        .collect(Collectors.joining(",")),
                properties,
                new Namespace(
                        values.find(TopicKeys.PREFIX).orElse(""),
                        values.find(TopicKeys.INDEX).orElse("")));
    }

    private void putTls(boolean enabled) {
        Optional<Secret> truststorePassword =
                values.secret(KafkaKeys.TRUSTSTORE_PASSWORD, KafkaKeys.TRUSTSTORE_PASSWORD_FILE);
        Optional<Secret> keystorePassword =
                values.secret(KafkaKeys.KEYSTORE_PASSWORD, KafkaKeys.KEYSTORE_PASSWORD_FILE);
        Optional<Secret> keyPassword =
                values.secret(KafkaKeys.KEY_PASSWORD, KafkaKeys.KEY_PASSWORD_FILE);
        Optional<Path> truststore = values.find(KafkaKeys.TRUSTSTORE);
        Optional<Path> keystore = values.find(KafkaKeys.KEYSTORE);
        if (!enabled) {
            if (truststore.isPresent() || keystore.isPresent()) {
                problems.add(
                        "%s or %s is set, but %s is not true; set it, or remove them"
                                .formatted(
                                        KafkaKeys.TRUSTSTORE.key(),
                                        KafkaKeys.KEYSTORE.key(),
                                        KafkaKeys.TLS.key()));
            }
            return;
        }
        truststore.ifPresent(file -> putStore("ssl.truststore", file, truststorePassword));
        keystore.ifPresent(file -> putStore("ssl.keystore", file, keystorePassword));
        keyPassword.ifPresent(password -> put("ssl.key.password", password.value()));
        if (!values.find(KafkaKeys.VERIFY_HOSTNAME).orElse(true)) {
            put("ssl.endpoint.identification.algorithm", "");
        }
    }

    private void putStore(String property, Path file, Optional<Secret> password) {
        String type = type(file);
        put(property + ".type", type);
        put(property + ".location", file.toString());
        // Kafka refuses a password for PEM, which has none.
        if (!type.equals("PEM")) {
            password.ifPresent(given -> put(property + ".password", given.value()));
        }
    }

    /** What a file of keys or certificates is, by how it begins. */
    private static String type(Path file) {
        try (InputStream content = Files.newInputStream(file)) {
            byte[] begin = content.readNBytes(PEM.length);
            return Arrays.equals(begin, PEM)
                    ? "PEM"
                    : Arrays.equals(begin, 0, Math.min(JKS.length, begin.length), JKS, 0, 4)
                            ? "JKS"
                            : "PKCS12";
        } catch (IOException e) {
            // Whoever opens it next says so.
            return "PKCS12";
        }
    }

    private void putSasl(Optional<SaslMechanism> mechanism) {
        Optional<String> username = values.find(KafkaKeys.SASL_USERNAME);
        Optional<Secret> password =
                values.secret(KafkaKeys.SASL_PASSWORD, KafkaKeys.SASL_PASSWORD_FILE);
        if (mechanism.isEmpty()) {
            if (username.isPresent() || password.isPresent()) {
                problems.add(
                        "%s is missing; it must be %s"
                                .formatted(KafkaKeys.SASL.key(), KafkaKeys.SASL.form().allowed()));
            }
            return;
        }
        if (username.isEmpty()) {
            problems.add(KafkaKeys.SASL_USERNAME.key() + " is missing");
        }
        if (password.isEmpty()) {
            problems.add(
                    "%s or the environment variable %s is missing"
                            .formatted(
                                    KafkaKeys.SASL_PASSWORD_FILE.key(),
                                    KafkaKeys.SASL_PASSWORD.variable()));
        }
        if (username.isPresent() && password.isPresent()) {
            put("sasl.mechanism", mechanism.get().protocolName());
            put("sasl.jaas.config", mechanism.get().login(username.get(), password.get()));
        }
    }

    private void putFile(Path file) {
        Properties read = new Properties();
        try (Reader content = Files.newBufferedReader(file)) {
            read.load(content);
        } catch (IOException | IllegalArgumentException e) {
            problems.add(
                    "%s: %s is not a properties file: %s"
                            .formatted(
                                    KafkaKeys.CLIENT_PROPERTIES_FILE.key(), file, e.getMessage()));
        }
        for (String name : read.stringPropertyNames()) {
            putGiven(name, read.getProperty(name));
        }
    }

    private void putGiven(String name, String value) {
        if (name.equals("bootstrap.servers")) {
            problems.add("bootstrap.servers is given; use %s".formatted(KafkaKeys.BOOTSTRAP.key()));
        }
        put(name, value);
    }

    /** Two answers to one question are a problem, whatever they are. */
    private void put(String name, String value) {
        if (properties.put(name, value) != null) {
            problems.add(
                    "the client property %s is set in two ways by settings of kafka; remove one"
                            .formatted(name));
        }
    }
}
