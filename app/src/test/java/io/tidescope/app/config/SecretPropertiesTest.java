package io.tidescope.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.Map;

final class SecretPropertiesTest {
    @Test
    void whatIsSecretIsNotShownWhoseverPropertyItIs() {
        Map<String, String> shown =
                SecretProperties.hidden(
                        Map.of(
                                "clusters", "west-1, east",
                                "east.bootstrap.servers", "east-1:9092",
                                "east.sasl.jaas.config", "hush",
                                "west-1.ssl.key.password", "hush",
                                "west-1.ssl.keystore.key", "hush",
                                "west-1->east.consumer.sasl.oauthbearer.client.secret", "hush",
                                "sasl.login.access.token", "hush",
                                "east.ssl.truststore.location", "/ca.pem"));

        assertThat(shown)
                .containsEntry("clusters", "west-1, east")
                .containsEntry("east.bootstrap.servers", "east-1:9092")
                .containsEntry("east.ssl.truststore.location", "/ca.pem")
                .containsEntry("east.sasl.jaas.config", "***")
                .containsEntry("west-1.ssl.keystore.key", "***")
                .hasSize(8)
                .doesNotContainValue("hush");
    }
}
