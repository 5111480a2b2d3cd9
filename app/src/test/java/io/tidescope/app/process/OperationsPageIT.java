package io.tidescope.app.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;

import io.tidescope.query.access.ApiToken;
import io.tidescope.query.access.TokenEntry;
import io.tidescope.testing.Browser;
import io.tidescope.testing.Eventually;
import io.tidescope.testing.GitRepository;
import io.tidescope.testing.TideScopeProcess;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;

/** The page of operations as somebody sees it who looks at a running {@code tidescope up}. */
@Timeout(300)
final class OperationsPageIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int PARTITIONS = 8;

    /** As a search for it would do harm if any of it became markup. */
    private static final String HOSTILE =
            "\"'><img src=x onerror=\"window.harmed=1\"><script>window.harmed=1</script>";

    private final ApiToken token = ApiToken.create(new SecureRandom());

    @TempDir private Path temporary;

    @Test
    void showsHowAllOfItDoesToWhoMaySeeIt() throws Exception {
        assumeTrue(Browser.isInstalled(), "chromium and chromedriver are not installed");
        GitRepository repository = GitRepository.create(temporary.resolve("shop"));
        repository.write("Till.java", "class Till {}").commit("Till");
        Path tokens = temporary.resolve("tokens");
        Files.writeString(
                tokens,
                new TokenEntry(
                                "operator",
                                token.hash(),
                                List.of("read", "admin"),
                                List.of("**"),
                                null)
                        .write());
        try (TideScopeProcess up =
                        TideScopeProcess.launch(
                                temporary.resolve("data"),
                                List.of(),
                                List.of(
                                        repository.directory().toString(),
                                        "--tokens",
                                        tokens.toString()));
                Browser browser = Browser.start()) {
            URI address = up.awaitServing();
            askSlowly(address);
            browser.open(address.resolve("/ui/ops"));
            asksForAToken(browser);
            showsAllParts(browser);
            hostileTextIsText(browser);
            fitsNarrowAndWide(browser);
            theTokenStaysInTheTab(browser);
            up.stop();
            saysThatNobodyAnswers(browser);
        }
    }

    /** A question that waits for a commit that does not come. */
    private void askSlowly(URI address) throws Exception {
        String query =
                "/api/v1/symbols?wait=200ms&min_revision=%s&q=%s"
                        .formatted(
                                "1".repeat(40), URLEncoder.encode(HOSTILE, StandardCharsets.UTF_8));
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> answer =
                    http.send(
                            HttpRequest.newBuilder(address.resolve(query))
                                    .header("Authorization", "Bearer " + token.text())
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
        }
    }

    private void asksForAToken(Browser browser) {
        await(browser, "verdict", "A token is needed");
        assertThat(browser.value("document.activeElement.id").asText()).isEqualTo("token");
        browser.type("wrong\n");
        awaitTrue(browser, "document.getElementById('refusal').textContent.length > 0");
        assertThat(browser.value("document.getElementById('parts').hidden").asBoolean()).isTrue();
        browser.type(token.text() + "\n");
        // The browser itself tells of what was refused, and should of nothing else.
        awaitTrue(browser, "document.getElementById('login').hidden");
        assertThat(browser.complaints()).isNotEmpty().allMatch(each -> each.contains("401"));
    }

    private static void showsAllParts(Browser browser) {
        await(browser, "verdict", "All is well");
        assertThat(text(browser, "#lag tbody"))
                .contains("tidescope-parser", "file-changes", "tidescope-store", "documents");
        awaitTrue(browser, "document.querySelectorAll('#freshness tbody tr').length === 1");
        // One row for the node, and one for whether anybody answers.
        assertThat(browser.value("document.querySelectorAll('.grid td .active').length").asInt())
                .isEqualTo(2 * PARTITIONS);
        assertThat(text(browser, "#restores .content")).isEqualTo("Nothing is being restored.");
        assertThat(text(browser, "#memory tbody")).contains("trees", "blocks", "write buffers");
        assertThat(browser.value("document.querySelectorAll('caption').length").asInt())
                .isGreaterThanOrEqualTo(5);
        String before = text(browser, "#updated");
        awaitTrue(
                browser,
                "document.getElementById('updated').textContent !== '%s'".formatted(before));
        assertThat(browser.complaints()).isEmpty();
    }

    private static void hostileTextIsText(Browser browser) {
        assertThat(text(browser, "#slow tbody")).contains(HOSTILE);
        assertThat(
                        browser.value("document.querySelectorAll('main img, main script').length")
                                .asInt())
                .isZero();
        assertThat(browser.value("typeof window.harmed").asText()).isEqualTo("undefined");
        // Were it to become markup all the same, nothing would come of it; and the console tells.
        browser.value(
                "void document.body.append(Object.assign(new Image(), {src:"
                        + " 'http://127.0.0.1:1/'}))");
        Eventually.until(
                LIMIT,
                "the console complains",
                () ->
                        browser.complaints().stream()
                                .anyMatch(each -> each.contains("Content Security Policy")));
    }

    private static void fitsNarrowAndWide(Browser browser) {
        for (int width : List.of(360, 1600)) {
            browser.resize(width, 900);
            assertThat(browser.value("window.innerWidth").asInt()).isEqualTo(width);
            assertThat(browser.value("document.documentElement.scrollWidth").asInt())
                    .isLessThanOrEqualTo(width);
        }
    }

    private void theTokenStaysInTheTab(Browser browser) {
        assertThat(browser.value("location.href").asText()).endsWith("/ui/ops");
        assertThat(browser.value("localStorage.length + document.cookie.length").asInt()).isZero();
        assertThat(browser.value("Object.values(sessionStorage)").toString())
                .isEqualTo("[\"" + token.text() + "\"]");
        browser.value("location.reload()");
        await(browser, "verdict", "All is well");
        browser.value("document.getElementById('forget').click()");
        await(browser, "verdict", "A token is needed");
        assertThat(browser.value("sessionStorage.length").asInt()).isZero();
        assertThat(text(browser, "#slow .content")).isEmpty();
        browser.value("document.getElementById('token').focus()");
        browser.type(token.text() + "\n");
        await(browser, "verdict", "All is well");
    }

    private static void saysThatNobodyAnswers(Browser browser) {
        await(browser, "verdict", "One thing is wrong");
        assertThat(text(browser, "#problems")).contains("does not answer", "What to do");
        assertThat(browser.value("document.querySelector('#problems a').pathname").asText())
                .isEqualTo("/ui/runbooks/TideScopeProcessDown.md");
        assertThat(text(browser, "#lag .state")).startsWith("Of ").contains("does not answer");
        // What was known is still there.
        assertThat(text(browser, "#lag tbody")).contains("tidescope-parser");
    }

    private static void await(Browser browser, String id, String text) {
        awaitTrue(
                browser, "document.getElementById('%s')?.textContent === '%s'".formatted(id, text));
    }

    private static void awaitTrue(Browser browser, String condition) {
        Eventually.until(
                LIMIT,
                condition,
                () -> browser.value(condition).asBoolean(),
                () -> browser.value("document.body.innerText").asText());
    }

    private static String text(Browser browser, String selector) {
        JsonNode text =
                browser.value("document.querySelector('%s').textContent".formatted(selector));
        return text.asText();
    }
}
