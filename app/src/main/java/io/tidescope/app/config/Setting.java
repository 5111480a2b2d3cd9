package io.tidescope.app.config;

import org.jspecify.annotations.Nullable;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
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

    static <T> Setting<T> required(String key, Form<T> form, Set<Role> roles, String meaning) {
        return new Setting<>(key, form, null, true, false, roles, meaning);
    }

    static <T> Setting<T> optional(String key, Form<T> form, Set<Role> roles, String meaning) {
        return new Setting<>(key, form, null, false, false, roles, meaning);
    }

    static <T> Setting<T> of(
            String key, Form<T> form, String standard, Set<Role> roles, String meaning) {
        return new Setting<>(key, form, standard, false, false, roles, meaning);
    }

    static Setting<Secret> secret(String key, Set<Role> roles, String meaning) {
        Form<Secret> form =
                new ScalarForm<>(
                        "a text that is not empty",
                        text -> text.isEmpty() ? Optional.empty() : Optional.of(new Secret(text)));
        return new Setting<>(key, form, null, false, true, roles, meaning);
    }

    /** The environment variable that sets it. */
    String variable() {
        return VARIABLES + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    /** For a secret: the setting that names a file that holds it. */
    String fileKey() {
        return key + "-file";
    }

    static Set<Role> everyRole() {
        return EnumSet.allOf(Role.class);
    }
}
