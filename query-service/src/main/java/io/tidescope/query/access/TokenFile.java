package io.tidescope.query.access;

import io.micrometer.core.instrument.MeterRegistry;
import io.tidescope.query.access.Authentication.Granted;
import io.tidescope.query.access.Authentication.Refused;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The API tokens of a deployment: a file with a {@link TokenEntry} on each line; empty lines and
 * those that begin with {@code #} are passed over.
 *
 * <p>It is {@linkplain WatchedFiles read again} when it has changed: a token that was taken out of
 * it is refused from then on. A file that cannot be read, or has something wrong in it, changes
 * nothing; at the start it is refused.
 */
public final class TokenFile implements Authenticator {
    private static final long MAX_BYTES = 1024 * 1024;

    private final Path file;
    private final InstantSource clock;
    private final WatchedFiles<List<Token>> tokens;

    @SuppressWarnings("ArrayRecordComponent") // compared in constant time, never as a component
    private record Token(byte[] digest, TokenEntry entry, Caller caller) {}

    /**
     * @throws TideScopeException PRECONDITION_FAILED when the file cannot be used
     */
    public TokenFile(Path file, InstantSource clock, MeterRegistry meters) {
        this.file = file;
        this.clock = clock;
        tokens = new WatchedFiles<>("tokens", List.of(file), this::read, clock, meters);
    }

    @Override
    public boolean judges(String token) {
        return ApiToken.looksLikeOne(token);
    }

    @Override
    public Authentication authenticate(String token) {
        Token found = find(token);
        if (found == null) {
            return new Refused("The token is not known here, or no longer.");
        }
        return found.entry().isOver(clock.instant())
                ? new Refused("The token has expired; ask for a new one.")
                : new Granted(found.caller());
    }

    /** Goes over all, whichever it is: how long it takes says nothing about any. */
    private @Nullable Token find(String token) {
        byte[] digest = new ApiToken(token).digest();
        Token found = null;
        for (Token each : tokens.current()) {
            if (MessageDigest.isEqual(each.digest(), digest)) {
                found = each;
            }
        }
        return found;
    }

    private List<Token> read() {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw refusal("it is larger than %d bytes".formatted(MAX_BYTES));
            }
            requireOursAlone();
            return parse(Files.readAllLines(file));
        } catch (IOException e) {
            throw new TideScopeException(
                    ErrorCode.PRECONDITION_FAILED,
                    "The token file %s cannot be read: %s".formatted(file, e.getMessage()),
                    e);
        }
    }

    /** Hashes of random tokens may be read by anybody; who may add one may do everything. */
    private void requireOursAlone() throws IOException {
        if (Files.getFileStore(file).supportsFileAttributeView("posix")
                && Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_WRITE)) {
            throw refusal("anybody may write to it; take that away (chmod o-w)");
        }
    }

    private List<Token> parse(List<String> lines) {
        List<Token> read = new ArrayList<>();
        Set<String> names = new HashSet<>();
        Set<String> hashes = new HashSet<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            try {
                TokenEntry entry = TokenEntry.read(line);
                if (!names.add(entry.name())) {
                    throw refusal(
                            "line %d: there is another token named %s"
                                    .formatted(i + 1, entry.name()));
                }
                if (!hashes.add(entry.sha256())) {
                    throw refusal("line %d: the same token stands there twice".formatted(i + 1));
                }
                read.add(new Token(entry.digest(), entry, entry.caller()));
            } catch (TideScopeException e) {
                if (e.code() == ErrorCode.PRECONDITION_FAILED) {
                    throw e;
                }
                throw refusal("line %d: %s".formatted(i + 1, e.getMessage()));
            }
        }
        if (read.isEmpty()) {
            // More likely half of a change than a wish to let nobody in.
            throw refusal("there is no token in it");
        }
        return List.copyOf(read);
    }

    private TideScopeException refusal(String why) {
        return new TideScopeException(
                ErrorCode.PRECONDITION_FAILED,
                "The token file %s cannot be used: %s".formatted(file, why));
    }
}
