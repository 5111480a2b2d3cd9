package io.tidescope.ingest.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidescope.ingest.webhook.WebhookResult.Ignored;
import io.tidescope.ingest.webhook.WebhookResult.Malformed;
import io.tidescope.ingest.webhook.WebhookResult.Push;
import io.tidescope.ingest.webhook.WebhookResult.Unauthenticated;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.Map;

class WebhookTest {
    private static final String SECRET = "It's a Secret to Everybody";
    private static final byte[] GITHUB_PUSH =
            bytes(
                    """
                    {"ref": "refs/heads/main", "repository": {"full_name": "octo/hello"}}
                    """);
    private static final byte[] GITLAB_PUSH =
            bytes(
                    """
                    {"object_kind": "push", "ref": "refs/heads/main",
                     "project": {"path_with_namespace": "group/sub/name"}}
                    """);
    private static final Push OCTO = new Push("octo/hello", "refs/heads/main");

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static WebhookResult github(String event, String signature, byte[] body) {
        return Webhook.verify(
                WebhookProvider.GITHUB,
                Map.of("x-github-event", event, "x-hub-signature-256", signature),
                body,
                SECRET);
    }

    private static String signed(byte[] body) {
        return "sha256=" + Signatures.hex(SECRET, body);
    }

    @Test
    void github_example_of_its_documentation_is_signed_right() {
        assertThat(Signatures.hex(SECRET, bytes("Hello, World!")))
                .isEqualTo("757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17");
    }

    @Test
    void a_signed_push_of_github_names_repository_and_ref() {
        assertThat(github("push", signed(GITHUB_PUSH), GITHUB_PUSH)).isEqualTo(OCTO);
    }

    /** A body as both hosts encode it, with bytes of which an encoding could lose some. */
    private static final String PAYLOAD =
            """
            {"ref":"refs/heads/main","repository":{"full_name":"octo/hello"},"by":"Ü+é & 100%"}\
            """;

    private static final byte[] FORM =
            bytes(
                    "payload=%7B%22ref%22%3A%22refs%2Fheads%2Fmain%22%2C%22repository%22%3A%7B"
                            + "%22full_name%22%3A%22octo%2Fhello%22%7D%2C%22by%22%3A%22%C3%9C%2B"
                            + "%C3%A9+%26+100%25%22%7D");

    private static WebhookResult gitea(String signature, byte[] body) {
        return Webhook.verify(
                WebhookProvider.GITEA,
                Map.of("X-Gitea-Event", "push", "X-Gitea-Signature", signature),
                body,
                SECRET);
    }

    @Test
    void github_signs_a_form_as_it_sends_it() {
        assertThat(github("push", signed(FORM), FORM)).isEqualTo(OCTO);
        assertThat(github("push", signed(bytes(PAYLOAD)), FORM))
                .isInstanceOf(Unauthenticated.class);
    }

    @Test
    void gitea_signs_the_json_that_it_sends_in_a_form() {
        assertThat(gitea(Signatures.hex(SECRET, bytes(PAYLOAD)), FORM)).isEqualTo(OCTO);
        assertThat(gitea(Signatures.hex(SECRET, FORM), FORM)).isInstanceOf(Unauthenticated.class);
    }

    @Test
    void a_form_that_is_none_proves_nothing_or_is_malformed() {
        byte[] broken = bytes("payload=%7B%2");
        assertThat(gitea(Signatures.hex(SECRET, bytes("{")), broken))
                .isInstanceOf(Unauthenticated.class);
        assertThat(github("push", signed(broken), broken)).isInstanceOf(Malformed.class);
    }

    @Test
    void a_changed_body_or_signature_proves_nothing() {
        byte[] other = GITHUB_PUSH.clone();
        other[12]++;
        assertThat(github("push", signed(GITHUB_PUSH), other)).isInstanceOf(Unauthenticated.class);
        assertThat(github("push", "sha256=00", GITHUB_PUSH)).isInstanceOf(Unauthenticated.class);
        assertThat(
                        Webhook.verify(
                                WebhookProvider.GITHUB,
                                Map.of("X-GitHub-Event", "push"),
                                GITHUB_PUSH,
                                SECRET))
                .isInstanceOf(Unauthenticated.class);
    }

    @Test
    void no_secret_lets_nobody_in() {
        assertThat(
                        Webhook.verify(
                                WebhookProvider.GITLAB,
                                Map.of("X-Gitlab-Token", ""),
                                GITLAB_PUSH,
                                ""))
                .isInstanceOf(Unauthenticated.class);
    }

    @Test
    void a_ping_is_ignored_and_nonsense_is_malformed() {
        byte[] ping = bytes("{\"zen\": \"Keep it simple\"}");
        assertThat(github("ping", signed(ping), ping)).isInstanceOf(Ignored.class);
        byte[] nonsense = bytes("{");
        assertThat(github("push", signed(nonsense), nonsense)).isInstanceOf(Malformed.class);
        byte[] empty = bytes("{}");
        assertThat(github("push", signed(empty), empty)).isInstanceOf(Malformed.class);
        byte[] large = new byte[Webhook.MAX_BODY_BYTES + 1];
        assertThat(github("push", "sha256=00", large)).isInstanceOf(Malformed.class);
    }

    @Test
    void gitlab_proves_itself_by_its_token() {
        assertThat(
                        Webhook.verify(
                                WebhookProvider.GITLAB,
                                Map.of("X-Gitlab-Token", SECRET),
                                GITLAB_PUSH,
                                SECRET))
                .isEqualTo(new Push("group/sub/name", "refs/heads/main"));
        assertThat(
                        Webhook.verify(
                                WebhookProvider.GITLAB,
                                Map.of("X-Gitlab-Token", SECRET + "x"),
                                GITLAB_PUSH,
                                SECRET))
                .isInstanceOf(Unauthenticated.class);
    }

    /** Key, id, time, body and signature are the example of the Standard Webhooks libraries. */
    @Test
    void the_example_of_standard_webhooks_is_signed_right() {
        assertThat(
                        Signatures.standard(
                                "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                                "msg_p5jXN8AQM9LWM0D4loKWxJek",
                                "1614265330",
                                bytes("{\"test\": 2432232314}")))
                .isEqualTo("g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void gitlab_proves_itself_by_a_signature_which_the_token_cannot_replace() {
        String signature = Signatures.standard(SECRET, "id", "1", GITLAB_PUSH);
        Map<String, String> headers =
                Map.of(
                        "Webhook-Id", "id",
                        "Webhook-Timestamp", "1",
                        "Webhook-Signature", "v1,b3RoZXI= v1," + signature);
        assertThat(Webhook.verify(WebhookProvider.GITLAB, headers, GITLAB_PUSH, SECRET))
                .isInstanceOf(Push.class);
        assertThat(
                        Webhook.verify(
                                WebhookProvider.GITLAB,
                                Map.of("Webhook-Signature", "v1,x", "X-Gitlab-Token", SECRET),
                                GITLAB_PUSH,
                                SECRET))
                .isInstanceOf(Unauthenticated.class);
    }

    @Test
    void gitea_and_forgejo_sign_alike() {
        String signature = Signatures.hex(SECRET, GITHUB_PUSH);
        for (String host : new String[] {"Gitea", "Forgejo"}) {
            assertThat(
                            Webhook.verify(
                                    WebhookProvider.GITEA,
                                    Map.of(
                                            "X-Gitea-Event",
                                            "push",
                                            "X-" + host + "-Signature",
                                            signature),
                                    GITHUB_PUSH,
                                    SECRET))
                    .isEqualTo(OCTO);
        }
        assertThat(
                        Webhook.verify(
                                WebhookProvider.GITEA,
                                Map.of(
                                        "X-Gitea-Event",
                                        "push",
                                        "X-Forgejo-Signature",
                                        "0",
                                        "X-Gitea-Signature",
                                        signature),
                                GITHUB_PUSH,
                                SECRET))
                .isInstanceOf(Unauthenticated.class);
    }
}
