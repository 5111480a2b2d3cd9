package io.tidescope.query.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import com.nimbusds.jwt.proc.ExpiredJWTException;

import io.micrometer.core.instrument.MeterRegistry;
import io.tidescope.query.access.Authentication.Granted;
import io.tidescope.query.access.Authentication.Refused;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.store.query.RepositoryGlobs;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.text.ParseException;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Tokens of an OpenID Connect provider, as JSON Web Tokens (RFC 7519, RFC 9068): signed with a
 * public key of the issuer, for our audience, in their time (a minute of clock skew is allowed) and
 * with an end.
 *
 * <p>What the caller may do stands in {@code scope}, or {@code scp}, as {@code tidescope:read} and
 * so on; which repositories, in a claim of ours. Who has no such claim sees none.
 */
public final class OidcTokens implements Authenticator {
    private static final Logger log = LoggerFactory.getLogger(OidcTokens.class);

    /** Those with a public key: with a shared one, who can check a token can make one. */
    private static final Set<JWSAlgorithm> ALGORITHMS =
            Set.of(
                    JWSAlgorithm.RS256,
                    JWSAlgorithm.RS384,
                    JWSAlgorithm.RS512,
                    JWSAlgorithm.PS256,
                    JWSAlgorithm.PS384,
                    JWSAlgorithm.PS512,
                    JWSAlgorithm.ES256,
                    JWSAlgorithm.ES384,
                    JWSAlgorithm.ES512);

    private static final String SCOPE_PREFIX = "tidescope:";
    private static final int CLOCK_SKEW_SECONDS = 60;

    private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
    private final String repositoriesClaim;
    private final IssuerKeys keys;

    /**
     * @throws TideScopeException PRECONDITION_FAILED when a file of keys cannot be used
     */
    public OidcTokens(OidcSettings settings, InstantSource clock, MeterRegistry meters) {
        repositoriesClaim = settings.repositoriesClaim();
        keys = new IssuerKeys(settings.keys(), clock, meters);
        processor.setJWSTypeVerifier(
                new DefaultJOSEObjectTypeVerifier<>(
                        JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, keys.source()));
        DefaultJWTClaimsVerifier<SecurityContext> claims =
                new DefaultJWTClaimsVerifier<>(
                        settings.audience(),
                        new JWTClaimsSet.Builder().issuer(settings.issuer()).build(),
                        Set.of("sub", "exp"));
        claims.setMaxClockSkew(CLOCK_SKEW_SECONDS);
        processor.setJWTClaimsSetVerifier(claims);
    }

    @Override
    public boolean judges(String token) {
        return token.chars().filter(each -> each == '.').count() == 2;
    }

    @Override
    public Authentication authenticate(String token) {
        try {
            return new Granted(caller(processor.process(token, null)));
        } catch (ExpiredJWTException e) {
            return new Refused("The token has expired; ask for a new one.");
        } catch (BadJOSEException | ParseException | TideScopeException e) {
            log.atDebug().addKeyValue("reason", e.getMessage()).log("A token is not accepted");
            return new Refused(
                    "The token is not accepted: its signature, issuer, audience, time or claims are"
                            + " not as they must be.");
        } catch (JOSEException e) {
            if (e instanceof RateLimitReachedException && keys.known()) {
                // Looked for a moment ago, and not among the issuer's keys.
                return new Refused(
                        "The token is not accepted: nobody knows the key it is signed with.");
            }
            throw new TideScopeException(
                    ErrorCode.UNAVAILABLE,
                    "The keys of the token issuer cannot be read now; ask again shortly.",
                    e);
        }
    }

    private Caller caller(JWTClaimsSet claims) throws ParseException {
        Set<Permission> permissions = EnumSet.noneOf(Permission.class);
        Stream.concat(texts(claims, "scope"), texts(claims, "scp"))
                .filter(scope -> scope.startsWith(SCOPE_PREFIX))
                .map(scope -> scope.substring(SCOPE_PREFIX.length()))
                .forEach(label -> Permission.find(label).ifPresent(permissions::add));
        return new Caller(
                // No API token has such a name.
                "oidc:" + claims.getSubject(),
                permissions,
                RepositoryGlobs.of(repositoriesClaim, texts(claims, repositoriesClaim).toList()));
    }

    /** A claim that is a list of texts, or one text with blanks between them. */
    private static Stream<String> texts(JWTClaimsSet claims, String name) throws ParseException {
        Object claim = claims.getClaim(name);
        if (claim == null) {
            return Stream.of();
        }
        List<String> texts =
                claim instanceof String text
                        ? List.of(text.split(" "))
                        : claims.getStringListClaim(name);
        return texts.stream().filter(text -> text != null && !text.isEmpty());
    }
}
