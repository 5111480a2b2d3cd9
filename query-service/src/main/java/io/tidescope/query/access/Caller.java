package io.tidescope.query.access;

import io.tidescope.store.query.RepositoryGlobs;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Who makes a request.
 *
 * @param name as the log has it; no secret
 * @param permissions what they may do
 * @param repositories what they may see, and do it to: for them there are no others
 */
public record Caller(String name, Set<Permission> permissions, RepositoryGlobs repositories) {
    private static final int MAX_NAME = 100;
    private static final int DIGEST_BYTES = 4;
    private static final Pattern UNSAFE = Pattern.compile("[^A-Za-z0-9._@/:|+ -]");

    /** Whoever it is, where nobody has to prove who they are. */
    public static final Caller ANYBODY =
            new Caller("anybody", Set.of(Permission.values()), RepositoryGlobs.ALL);

    public Caller {
        name = legible(name);
        permissions = Set.copyOf(permissions);
    }

    /**
     * It may come from elsewhere, and goes into logs, where it must not look like another field;
     * nor like the name of another caller.
     */
    private static String legible(String name) {
        String safe =
                UNSAFE.matcher(name.substring(0, Math.min(name.length(), MAX_NAME)))
                        .replaceAll("?");
        return safe.equals(name) ? name : safe + "#" + digest(name);
    }

    private static String digest(String name) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(name.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, DIGEST_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /**
     * Whose share of the service their requests take.
     *
     * @param address that this one comes from
     */
    public String shareName(String address) {
        return equals(ANYBODY) ? address : name;
    }

    public boolean may(Permission permission) {
        return permissions.contains(permission);
    }
}
