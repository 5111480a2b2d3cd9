package io.tidescope.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidescope.app.config.Address;
import io.tidescope.app.config.HttpAccess;
import io.tidescope.query.access.OidcSettings;

import org.junit.jupiter.api.Test;

import picocli.CommandLine;

import java.net.URI;
import java.nio.file.Path;

class HttpOptionsTest {
    private static final Address ELSEWHERE = new Address("0.0.0.0", 8080);

    @Test
    void aCertificateAndItsKeyEncrypt() {
        HttpOptions options =
                read("--http-tls-certificate", "server.pem", "--http-tls-key", "key.pem");

        assertThat(options.access().tls())
                .isEqualTo(new HttpAccess.Tls(Path.of("server.pem"), Path.of("key.pem")));
        assertThat(options.access().isOpen()).isTrue();
        assertThat(options.problem(ELSEWHERE)).contains("--tokens", "--insecure");
    }

    @Test
    void anOpenIdProviderSaysWhoAsks() {
        HttpOptions options =
                read(
                        "--http-oidc-issuer",
                        "https://login",
                        "--http-oidc-audience",
                        "tidescope",
                        "--http-oidc-keys",
                        "https://login/keys");

        assertThat(options.access().oidc())
                .isEqualTo(
                        new OidcSettings(
                                "https://login",
                                "tidescope",
                                URI.create("https://login/keys"),
                                "tidescope_repositories"));
        assertThat(options.problem(ELSEWHERE)).isNull();
    }

    @Test
    void whatBelongsTogetherIsRefusedAlone() {
        assertThatThrownBy(() -> read("--http-tls-key", "key.pem"))
                .hasMessageContaining("--http-tls-certificate");
        assertThatThrownBy(() -> read("--http-oidc-issuer", "https://login"))
                .hasMessageContaining("--http-oidc-audience");
    }

    @Test
    void keysThatAnybodyCouldReplaceOnTheirWayAreRefused() {
        assertThatThrownBy(
                        () ->
                                read(
                                        "--http-oidc-issuer",
                                        "https://login",
                                        "--http-oidc-audience",
                                        "tidescope",
                                        "--http-oidc-keys",
                                        "http://login/keys"))
                .hasMessageContaining("https://");
    }

    private static HttpOptions read(String... arguments) {
        return CommandLine.populateCommand(new HttpOptions(), arguments);
    }
}
