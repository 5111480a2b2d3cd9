package io.tidescope.store.query;

import io.tidescope.schemas.TideScopeException;

/**
 * Where a node of the store answers others; written {@code host:port}, with brackets around an IPv6
 * address.
 *
 * @param host a name or an address, without brackets
 */
public record NodeAddress(String host, int port) {
    private static final int MAX_PORT = 65_535;

    public NodeAddress {
        if (host.isBlank() || port < 1 || port > MAX_PORT) {
            throw TideScopeException.invalid(
                    "address",
                    "an address is host:port with a port of 1 to %d, not %s:%d"
                            .formatted(MAX_PORT, host, port));
        }
    }

    /**
     * @throws TideScopeException INVALID_ARGUMENT when it is no {@code host:port}
     */
    public static NodeAddress of(String text) {
        int colon = text.lastIndexOf(':');
        String host = text.substring(0, Math.max(0, colon));
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        }
        try {
            return new NodeAddress(host, Integer.parseInt(text.substring(colon + 1)));
        } catch (NumberFormatException e) {
            throw TideScopeException.invalid(
                    "address", "an address is host:port, not \"%s\"".formatted(text));
        }
    }

    @Override
    public String toString() {
        return host.indexOf(':') < 0 ? host + ":" + port : "[" + host + "]:" + port;
    }
}
