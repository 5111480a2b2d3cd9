package io.tidescope.query.access;

import io.tidescope.store.query.RepositoryGlobs;

import java.util.Set;

/**
 * Who makes a request.
 *
 * @param name as the log has it; no secret
 * @param permissions what they may do
 * @param repositories what they may see, and do it to: for them there are no others
 */
public record Caller(String name, Set<Permission> permissions, RepositoryGlobs repositories) {
    /** Whoever it is, where nobody has to prove who they are. */
    public static final Caller ANYBODY =
            new Caller("anybody", Set.of(Permission.values()), RepositoryGlobs.ALL);

    public Caller {
        // It may come from elsewhere, and goes into logs.
        name = name.replaceAll("\\p{Cntrl}", "?");
        permissions = Set.copyOf(permissions);
    }

    public boolean may(Permission permission) {
        return permissions.contains(permission);
    }
}
