package io.tidescope.app.role;

import io.tidescope.schemas.registry.HttpSchemaRegistry;

import java.net.URI;

/** Opens the schema registry of a role, which must answer at the start. */
final class RegistryClient {
    private RegistryClient() {}

    /**
     * @throws io.tidescope.schemas.TideScopeException UNAVAILABLE when it does not answer, or what
     *     answers is none
     */
    static HttpSchemaRegistry open(URI uri, Parts parts, Patience patience) {
        HttpSchemaRegistry registry =
                parts.add("schema registry client", new HttpSchemaRegistry(uri));
        patience.await(registry::check);
        return registry;
    }
}
