package io.tidescope.app.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Settings that stand together in the file and its documentation, of the same roles if nothing else
 * is said. Filled while the class that holds it is initialized.
 */
final class SettingGroup {
    private final Set<Role> roles;
    private final List<Setting<?>> settings = new ArrayList<>();

    SettingGroup(Role... roles) {
        this.roles = Set.of(roles);
    }

    List<Setting<?>> all() {
        return List.copyOf(settings);
    }

    <T> Setting<T> required(String key, Form<T> form, String meaning) {
        return required(key, form, roles, meaning);
    }

    <T> Setting<T> required(String key, Form<T> form, Set<Role> users, String meaning) {
        return add(new Setting<>(key, form, null, true, false, users, meaning));
    }

    <T> Setting<T> optional(String key, Form<T> form, String meaning) {
        return add(new Setting<>(key, form, null, false, false, roles, meaning));
    }

    <T> Setting<T> of(String key, Form<T> form, String standard, String meaning) {
        return of(key, form, standard, roles, meaning);
    }

    <T> Setting<T> of(String key, Form<T> form, String standard, Set<Role> users, String meaning) {
        return add(new Setting<>(key, form, standard, false, false, users, meaning));
    }

    Setting<Secret> secret(String key, String meaning) {
        return add(new Setting<>(key, Secret.FORM, null, false, true, roles, meaning));
    }

    /** The setting that names a file with the secret. */
    Setting<Path> fileOf(Setting<Secret> secret) {
        return add(
                new Setting<>(
                        secret.fileKey(),
                        new HiddenForm<>(PathForm.file()),
                        null,
                        false,
                        false,
                        secret.roles(),
                        "A file that holds what else stands in `%s`."
                                .formatted(secret.variable())));
    }

    private <T> Setting<T> add(Setting<T> setting) {
        settings.add(setting);
        return setting;
    }
}
