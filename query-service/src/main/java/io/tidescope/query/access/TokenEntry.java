package io.tidescope.query.access;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.store.query.RepositoryGlobs;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A line of a {@link TokenFile}: whose a token is and what they may do with it.
 *
 * @param name whose it is, as the log has it
 * @param sha256 hash of the token, 64 hex digits
 * @param permissions labels of {@link Permission}s, at least one
 * @param repositories {@link RepositoryGlobs}, at least one
 * @param expires when it ends, RFC 3339; null for never
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TokenEntry(
        String name,
        String sha256,
        List<String> permissions,
        List<String> repositories,
        @Nullable String expires) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._@/-]{1,100}");
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
    private static final ObjectMapper JSON =
            JsonMapper.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .build();

    /**
     * @throws TideScopeException INVALID_ARGUMENT when something about it is not allowed
     */
    public TokenEntry {
        require(
                name != null && NAME.matcher(name).matches(),
                "name",
                "1 to 100 of A-Z a-z 0-9 . _ @ / -");
        require(sha256 != null && HASH.matcher(sha256).matches(), "sha256", "64 hex digits");
        require(
                permissions != null && !permissions.isEmpty(),
                "permissions",
                "a list of read, publish, admin");
        require(
                repositories != null && !repositories.isEmpty(),
                "repositories",
                "a list of globs; [\"**\"] for all");
        permissions = List.copyOf(permissions);
        repositories = List.copyOf(repositories);
        for (String permission : permissions) {
            require(
                    Permission.find(permission).isPresent(),
                    "permissions",
                    "a list of read, publish, admin");
        }
        var unused = RepositoryGlobs.of("repositories", repositories);
        if (expires != null) {
            instant(expires);
        }
    }

    /** What it stands for. */
    Caller caller() {
        Set<Permission> granted = EnumSet.noneOf(Permission.class);
        permissions.forEach(label -> Permission.find(label).ifPresent(granted::add));
        return new Caller(name, granted, RepositoryGlobs.of("repositories", repositories));
    }

    byte[] digest() {
        return HexFormat.of().parseHex(sha256);
    }

    boolean isOver(Instant now) {
        return expires != null && !now.isBefore(instant(expires));
    }

    /** The line of the file. */
    public String write() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts are JSON", e);
        }
    }

    /**
     * @throws TideScopeException INVALID_ARGUMENT saying what is wrong, without showing the line
     */
    static TokenEntry read(String line) {
        try {
            TokenEntry entry = JSON.readValue(line, TokenEntry.class);
            if (entry != null) {
                return entry;
            }
        } catch (JsonProcessingException e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof TideScopeException known) {
                    throw known;
                }
            }
        }
        throw new TideScopeException(
                ErrorCode.INVALID_ARGUMENT,
                "it must be a JSON object with name, sha256, permissions, repositories and, if"
                        + " wanted, expires, and nothing else");
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw wrong("expires", "a time such as 2027-01-31T00:00:00Z");
        }
    }

    private static void require(boolean allowed, String field, String form) {
        if (!allowed) {
            throw wrong(field, form);
        }
    }

    private static TideScopeException wrong(String field, String form) {
        return TideScopeException.invalid(field, field + " must be " + form);
    }
}
