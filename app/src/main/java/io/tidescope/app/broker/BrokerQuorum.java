package io.tidescope.app.broker;

import io.tidescope.app.child.Ports;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The brokers of an embedded cluster, all on loopback; each is a controller, too.
 *
 * @param members in the order of their ids, which count from 1
 */
public record BrokerQuorum(List<Member> members) {
    private static final int PORTS = 2;

    public BrokerQuorum {
        members = List.copyOf(members);
    }

    /**
     * One broker.
     *
     * @param port where clients connect
     * @param controllerPort where controllers meet each other and their brokers
     */
    public record Member(int id, int port, int controllerPort) {}

    /** So many, on ports that were free a moment ago. */
    static BrokerQuorum onFreePorts(int size) throws IOException {
        List<Integer> ports = Ports.find(PORTS * size);
        List<Member> members = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            members.add(new Member(i + 1, ports.get(PORTS * i), ports.get(PORTS * i + 1)));
        }
        return new BrokerQuorum(members);
    }

    /** Reads {@link #toString}. */
    public static BrokerQuorum parse(String text) {
        return new BrokerQuorum(
                Arrays.stream(text.split(","))
                        .map(member -> member.split(":"))
                        .map(
                                parts ->
                                        new Member(
                                                Integer.parseInt(parts[0]),
                                                Integer.parseInt(parts[1]),
                                                Integer.parseInt(parts[2])))
                        .toList());
    }

    Member member(int id) {
        return members.get(id - 1);
    }

    /** Copies that every topic has: one on each broker. */
    int replication() {
        return members.size();
    }

    /** Copies that must have a record: one broker may be away. */
    int minInsync() {
        return Math.max(1, members.size() - 1);
    }

    String bootstrapServers() {
        return members.stream()
                .map(member -> "127.0.0.1:" + member.port())
                .collect(Collectors.joining(","));
    }

    String voters() {
        return members.stream()
                .map(member -> member.id() + "@127.0.0.1:" + member.controllerPort())
                .collect(Collectors.joining(","));
    }

    /** {@code id:port:controllerPort}, joined by commas. */
    @Override
    public String toString() {
        return members.stream()
                .map(each -> each.id() + ":" + each.port() + ":" + each.controllerPort())
                .collect(Collectors.joining(","));
    }
}
