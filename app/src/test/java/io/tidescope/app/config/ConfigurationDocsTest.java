package io.tidescope.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** What is written about the configuration, held against the code. */
final class ConfigurationDocsTest {
    private static final Path DOCS = Path.of("..", "docs");

    @TempDir private Path temporary;

    @Test
    void thePageIsWhatTheSettingsSay() throws IOException {
        Path page = DOCS.resolve("configuration.md");
        if ("rewrite".equals(System.getProperty("golden"))) {
            Files.writeString(page, ConfigurationPage.text());
        }
        assertThat(Files.readString(page))
                .as("docs/configuration.md; -Dgolden=rewrite writes it again")
                .isEqualTo(ConfigurationPage.text());
    }

    @ParameterizedTest
    @EnumSource
    void theExampleOfEachRoleCanBeUsed(Role role) throws IOException {
        for (String file :
                new String[] {
                    "kafka-ca.pem",
                    "kafka-password",
                    "webhook-secret",
                    "parser.p12",
                    "keystore-password",
                    "client.properties",
                    "cache-password",
                    "nodes-ca.pem",
                    "gateway.pem",
                    "store-1.pem",
                    "tokens",
                    "server.pem",
                    "server-key.pem",
                    "archive-access-key",
                    "archive-secret-key"
                }) {
            Files.writeString(temporary.resolve(file), "a = b\n");
        }
        String text =
                Files.readString(DOCS.resolve("examples").resolve(role.command() + ".yaml"))
                        .replace("/etc/tidescope", temporary.toString())
                        .replace(
                                "/srv/git/",
                                Files.createDirectories(temporary.resolve("git")) + "/");
        for (String repository : new String[] {"shop.git", "billing.git", "website.git"}) {
            Files.createDirectories(temporary.resolve("git").resolve(repository));
        }
        Path example = Files.writeString(temporary.resolve("example.yaml"), text);
        Map<String, String> environment =
                role == Role.PARSER ? Map.of("TIDESCOPE_NODE_ID", "parser-1") : Map.of();

        Configuration configuration = new Configuration(example, environment);
        assertThatCode(
                        () -> {
                            Object read =
                                    switch (role) {
                                        case INGEST -> configuration.ingest();
                                        case PARSER -> configuration.parser();
                                        case STORE -> configuration.store();
                                        case GATEWAY -> configuration.gateway();
                                        case REGISTRY -> configuration.registry();
                                        case ARCHIVER -> configuration.archiver();
                                    };
                            assertThat(read.toString()).contains("prefix=acme.");
                        })
                .doesNotThrowAnyException();
    }
}
