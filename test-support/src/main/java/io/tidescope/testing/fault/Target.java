package io.tidescope.testing.fault;

/**
 * A process of a cluster.
 *
 * @param number among those of its role, from 0
 */
public record Target(Role role, int number) implements Comparable<Target> {
    /** What a process does. */
    public enum Role {
        BROKER,
        REGISTRY,
        INGEST,
        PARSER,
        STORE,
        GATEWAY
    }

    @Override
    public int compareTo(Target other) {
        int byRole = role.compareTo(other.role);
        return byRole != 0 ? byRole : Integer.compare(number, other.number);
    }

    @Override
    public String toString() {
        return role.name().toLowerCase(java.util.Locale.ROOT) + "-" + number;
    }
}
