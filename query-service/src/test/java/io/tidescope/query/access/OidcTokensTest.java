package io.tidescope.query.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidescope.query.access.Authentication.Granted;
import io.tidescope.query.access.Authentication.Refused;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;

class OidcTokensTest {
    private static final String ISSUER = "https://login.example.org";
    private static final String AUDIENCE = "tidescope";

    @TempDir private static Path directory;
    private static RSAKey rsa;
    private static ECKey ec;
    private static OidcTokens tokens;

    @BeforeAll
    static void keys() throws Exception {
        rsa = new RSAKeyGenerator(2048).keyID("rsa").generate();
        ec = new ECKeyGenerator(Curve.P_256).keyID("ec").generate();
        Path file = directory.resolve("keys.json");
        Files.writeString(file, new JWKSet(List.of(rsa, ec)).toString(true));
        tokens = tokens(settings(file.toUri()));
    }

    @Test
    void aTokenStandsForItsSubject() throws Exception {
        Caller caller = granted(signed(claims().build()));

        assertThat(caller.name()).isEqualTo("oidc:ann");
        assertThat(caller.permissions())
                .containsExactlyInAnyOrder(Permission.READ, Permission.PUBLISH);
        assertThat(caller.repositories().globs()).containsExactly("team/*", "acme/tide");
    }

    @Test
    void scopesMayBeAListAndKeysOfAnotherKind() throws Exception {
        SignedJWT token =
                new SignedJWT(
                        new JWSHeader.Builder(JWSAlgorithm.ES256)
                                .keyID("ec")
                                .type(new JOSEObjectType("at+jwt"))
                                .build(),
                        claims().claim("scope", null)
                                .claim("scp", List.of("tidescope:admin", "email"))
                                .claim("tidescope_repositories", "** x")
                                .build());
        token.sign(new ECDSASigner(ec));
        Caller caller = granted(token.serialize());

        assertThat(caller.permissions()).containsExactly(Permission.ADMIN);
        assertThat(caller.repositories().isAll()).isTrue();
    }

    @Test
    void whoIsGrantedNothingMayAndSeesNothing() throws Exception {
        Caller caller =
                granted(
                        signed(
                                claims().claim("scope", "openid tidescope:all read")
                                        .claim("tidescope_repositories", null)
                                        .build()));

        assertThat(caller.permissions()).isEmpty();
        assertThat(caller.repositories().matches("team/tide")).isFalse();
    }

    @Test
    void aMinuteOfClockSkewIsAllowedAndNoMore() throws Exception {
        assertThat(tokens.authenticate(signed(claims().expirationTime(in(-30)).build())))
                .isInstanceOf(Granted.class);
        assertThat(tokens.authenticate(signed(claims().expirationTime(in(-90)).build())))
                .isEqualTo(new Refused("The token has expired; ask for a new one."));
        assertThat(tokens.authenticate(signed(claims().notBeforeTime(in(30)).build())))
                .isInstanceOf(Granted.class);
        refused(signed(claims().notBeforeTime(in(90)).build()));
    }

    @Test
    void aTokenForOthersOrOfOthersIsRefused() throws Exception {
        refused(signed(claims().audience("another").build()));
        refused(signed(claims().audience((String) null).build()));
        refused(signed(claims().issuer("https://login.example.com").build()));
        refused(signed(claims().issuer(null).build()));
        refused(signed(claims().subject(null).build()));
        refused(signed(claims().expirationTime(null).build()));
        refused(signed(claims().claim("tidescope_repositories", List.of("{a")).build()));
        refused(signed(claims().claim("tidescope_repositories", 7).build()));
    }

    @Test
    void aTokenThatIsSignedOtherwiseIsRefused() throws Exception {
        RSAKey another = new RSAKeyGenerator(2048).keyID("rsa").generate();
        SignedJWT forged = new SignedJWT(header(JWSAlgorithm.RS256, "rsa"), claims().build());
        forged.sign(new RSASSASigner(another));
        refused(forged.serialize());

        String good = signed(claims().build());
        String[] parts = good.split("\\.");
        String other = signed(claims().subject("bob").build()).split("\\.")[1];
        refused(parts[0] + '.' + other + '.' + parts[2]);
        refused(parts[0] + '.' + parts[1] + '.');
        refused("..");
        refused("a.b.c");
    }

    @Test
    void aTokenWithoutASignatureIsRefused() {
        refused(new PlainJWT(claims().build()).serialize());
    }

    /** The public key as a shared secret, in the forms that it is known in. */
    @Test
    void aPublicKeyIsNoSharedSecret() throws Exception {
        for (byte[] secret :
                List.of(
                        rsa.toRSAPublicKey().getEncoded(),
                        rsa.toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8))) {
            SignedJWT token = new SignedJWT(header(JWSAlgorithm.HS256, "rsa"), claims().build());
            token.sign(new MACSigner(secret));
            refused(token.serialize());
        }
    }

    @Test
    void keysComeFromAnAddressAndWithoutThemNobodyIsRefusedForGood() throws Exception {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
        byte[] keys = new JWKSet(rsa).toString(true).getBytes(StandardCharsets.UTF_8);
        server.createContext(
                "/keys",
                exchange -> {
                    try (exchange) {
                        exchange.sendResponseHeaders(200, keys.length);
                        exchange.getResponseBody().write(keys);
                    }
                });
        server.start();
        String root = "http://127.0.0.1:" + server.getAddress().getPort();
        try {
            String token = signed(claims().build());
            assertThat(tokens(settings(URI.create(root + "/keys"))).authenticate(token))
                    .isInstanceOf(Granted.class);
            OidcTokens lost = tokens(settings(URI.create(root + "/none")));
            assertThatThrownBy(() -> lost.authenticate(token))
                    .isInstanceOfSatisfying(
                            TideScopeException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE));
        } finally {
            server.stop(0);
        }
    }

    /** All of them wait at the same time, and none in a queue behind another. */
    @Test
    @Timeout(10)
    void nobodyWaitsLongForAnIssuerThatDoesNotAnswer() throws Exception {
        String token = signed(claims().build());
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                ExecutorService callers = Executors.newFixedThreadPool(8)) {
            OidcTokens waiting =
                    tokens(
                            settings(
                                    URI.create(
                                            "http://127.0.0.1:%d/keys"
                                                    .formatted(silent.getLocalPort()))));
            List<Future<ErrorCode>> refused = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                refused.add(callers.submit(() -> failure(waiting, token)));
            }
            for (Future<ErrorCode> each : refused) {
                assertThat(each.get()).isEqualTo(ErrorCode.UNAVAILABLE);
            }
            // It is not asked again for a while, and that says nothing about the token.
            assertThat(failure(waiting, token)).isEqualTo(ErrorCode.UNAVAILABLE);
            assertThat(failure(waiting, token)).isEqualTo(ErrorCode.UNAVAILABLE);
        }
    }

    private static ErrorCode failure(OidcTokens asked, String token) {
        try {
            throw new AssertionError(asked.authenticate(token));
        } catch (TideScopeException e) {
            return e.code();
        }
    }

    @Test
    void aFileOfKeysIsReadAgainWhenItChanges() throws Exception {
        RSAKey next = new RSAKeyGenerator(2048).keyID("next").generate();
        Path file = directory.resolve("changing.json");
        Files.writeString(file, new JWKSet(rsa).toString(true));
        Instant start = Instant.now();
        AtomicReference<Instant> now = new AtomicReference<>(start);
        OidcTokens changing =
                new OidcTokens(settings(file.toUri()), now::get, new SimpleMeterRegistry());
        SignedJWT token = new SignedJWT(header(JWSAlgorithm.RS256, "next"), claims().build());
        token.sign(new RSASSASigner(next));
        assertThat(changing.authenticate(token.serialize())).isInstanceOf(Refused.class);

        Files.writeString(file, new JWKSet(List.of(rsa, next)).toString(true));
        now.set(start.plusSeconds(1));

        assertThat(changing.authenticate(token.serialize())).isInstanceOf(Granted.class);
        Files.writeString(file, "{");
        now.set(start.plusSeconds(2));
        assertThat(changing.authenticate(token.serialize())).isInstanceOf(Granted.class);
    }

    @Test
    void keysThatCannotBeReadAreRefusedAtTheStart() throws Exception {
        Path file = directory.resolve("broken.json");
        Files.writeString(file, "{");
        for (Path each : List.of(file, directory.resolve("absent.json"))) {
            assertThatThrownBy(() -> tokens(settings(each.toUri())))
                    .isInstanceOfSatisfying(
                            TideScopeException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.PRECONDITION_FAILED))
                    .hasMessageContaining(each.getFileName().toString());
        }
    }

    @Test
    void onlyTokensOfThreePartsAreJudged() {
        assertThat(tokens.judges("a.b.c")).isTrue();
        assertThat(tokens.judges("a.b.c.d.e")).isFalse();
        assertThat(tokens.judges("tsk_abc")).isFalse();
    }

    private static OidcTokens tokens(OidcSettings settings) {
        return new OidcTokens(settings, InstantSource.system(), new SimpleMeterRegistry());
    }

    private static OidcSettings settings(URI keys) {
        return new OidcSettings(ISSUER, AUDIENCE, keys, "tidescope_repositories");
    }

    private static JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .audience(AUDIENCE)
                .subject("ann")
                .expirationTime(in(300))
                .claim("scope", "openid tidescope:read tidescope:publish")
                .claim("tidescope_repositories", List.of("team/*", "acme/tide"));
    }

    private static Date in(int seconds) {
        return Date.from(Instant.now().plusSeconds(seconds));
    }

    private static JWSHeader header(JWSAlgorithm algorithm, String key) {
        return new JWSHeader.Builder(algorithm).keyID(key).build();
    }

    private static String signed(JWTClaimsSet claims) throws Exception {
        SignedJWT token = new SignedJWT(header(JWSAlgorithm.RS256, "rsa"), claims);
        token.sign(new RSASSASigner(rsa));
        return token.serialize();
    }

    private static Caller granted(String token) {
        Authentication authentication = tokens.authenticate(token);
        assertThat(authentication).isInstanceOf(Granted.class);
        return ((Granted) authentication).caller();
    }

    private static void refused(String token) {
        assertThat(tokens.authenticate(token)).isInstanceOf(Refused.class);
    }
}
