package io.tidescope.app.config;

import org.jspecify.annotations.Nullable;

import java.util.Locale;
import java.util.Set;

/**
 * Something that can be configured.
 *
 * @param key its place in the file, such as {@code kafka.tls.enabled}
 * @param standard what it is when nothing is written, as it would be written; null when it is then
 *     not there
 * @param required whether the roles that use it do not start without
 * @param secret whether its value stands in no configuration file and is never printed
 * @param roles those that use it
 * @param meaning for people, one sentence
 */
record Setting<T>(
        String key,
        Form<T> form,
        @Nullable String standard,
        boolean required,
        boolean secret,
        Set<Role> roles,
        String meaning) {
    static final String VARIABLES = "TIDESCOPE_";

    /**
     * @param role null for what is no role: that uses what all roles do
     */
    boolean usedBy(@Nullable Role role) {
        return role == null ? roles.size() == Role.values().length : roles.contains(role);
    }

    /** The environment variable that sets it. */
    String variable() {
        return VARIABLES + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    /** For a secret: the setting that names a file that holds it. */
    String fileKey() {
        return key + "-file";
    }
}
