package io.tidescope.app.config;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;

/** The values of settings, read and checked one by one. */
final class Values {
    private final Map<Setting<?>, Object> values = new HashMap<>();
    private final Problems problems;

    /**
     * Reads every setting that is written, whichever role uses it.
     *
     * @param role the one that is configured; null for what is none
     */
    Values(
            List<Setting<?>> settings,
            Map<String, RawValue> written,
            @Nullable Role role,
            Problems problems) {
        this.problems = problems;
        for (Setting<?> setting : settings) {
            RawValue value = written.get(setting.key());
            if (value == null && setting.standard() != null) {
                value = new RawValue.Scalar(setting.standard(), "default");
            }
            if (value != null) {
                Form<?> form = setting.form();
                (setting.usedBy(role) ? form : form.elsewhere())
                        .read(setting.key(), value, problems)
                        .ifPresent(read -> values.put(setting, read));
            }
        }
    }

    /** The value of a setting that has one for sure: required and checked, or with a default. */
    <T> T get(Setting<T> setting) {
        return find(setting).orElseThrow(() -> new NoSuchElementException(setting.key()));
    }

    @SuppressWarnings("unchecked") // put there by the setting's own form
    <T> Optional<T> find(Setting<T> setting) {
        return Optional.ofNullable((T) values.get(setting));
    }

    /** A secret from its environment variable or its file. */
    Optional<Secret> secret(Setting<Secret> setting, Setting<Path> file) {
        Optional<Path> path = find(file);
        Optional<Secret> direct = find(setting);
        if (path.isEmpty()) {
            return direct;
        }
        if (direct.isPresent()) {
            problems.add(
                    "%s and the environment variable %s are both set; unset one of them"
                            .formatted(file.key(), setting.variable()));
        }
        try {
            String text = Files.readString(path.get()).strip();
            if (text.isEmpty()) {
                problems.add("%s: the file %s is empty".formatted(file.key(), path.get()));
                return Optional.empty();
            }
            return Optional.of(new Secret(text));
        } catch (IOException e) {
            problems.add(
                    "%s: the file %s cannot be read: %s"
                            .formatted(file.key(), path.get(), e.getMessage()));
            return Optional.empty();
        }
    }
}
