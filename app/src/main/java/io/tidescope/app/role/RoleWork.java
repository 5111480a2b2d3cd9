package io.tidescope.app.role;

import java.util.Map;

/** What a role does, once in a process. */
public interface RoleWork {
    /**
     * Starts it; it works when this returns, or will by itself.
     *
     * @throws io.tidescope.schemas.TideScopeException when it cannot be started as it is
     *     configured, with what to do about it
     */
    void start(Surroundings surroundings) throws Exception;

    /** Where it can be reached and how far it has come, for people and tools; after the start. */
    Map<String, Object> status();
}
