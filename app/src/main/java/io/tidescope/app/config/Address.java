package io.tidescope.app.config;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in the network.
 *
 * @param host name or address; one of IPv6 without brackets
 * @param port 0 for any that is free, where that makes sense
 */
public record Address(String host, int port) {
    static final int MAX_PORT = 65_535;

    private static final Pattern SYNTAX =
            Pattern.compile("(?:\\[([0-9A-Fa-f:.]+)]|([A-Za-z0-9._-]+)):(\\d{1,5})");

    private static final Pattern LOOPBACK = Pattern.compile("127(\\.\\d{1,3}){3}");

    static Optional<Address> parse(String text) {
        Matcher matcher = SYNTAX.matcher(text);
        if (!matcher.matches() || Integer.parseInt(matcher.group(3)) > MAX_PORT) {
            return Optional.empty();
        }
        String host = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
        return Optional.of(new Address(host, Integer.parseInt(matcher.group(3))));
    }

    /** The same host, at the port that was chosen there. */
    public Address withPort(int chosen) {
        return new Address(host, chosen);
    }

    /** Whether only this machine reaches it. */
    public boolean isLoopback() {
        return host.equals("localhost") || host.equals("::1") || LOOPBACK.matcher(host).matches();
    }

    /** Where to ask at it from here; all interfaces are nowhere. */
    public Address reachable() {
        return switch (host) {
            case "0.0.0.0" -> new Address("127.0.0.1", port);
            case "::" -> new Address("::1", port);
            default -> this;
        };
    }

    /** {@code host:port}. */
    @Override
    public String toString() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
