package io.tidescope.app.config;

import org.jspecify.annotations.Nullable;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A repository to follow, as it is configured.
 *
 * @param name null for the one it has by its origin, else by its directory
 * @param refs branches or full names besides the default branch
 * @param fetch whether origin is fetched before each look
 */
public record RepositoryEntry(
        Path directory, @Nullable String name, List<String> refs, boolean fetch) {
    public RepositoryEntry {
        refs = List.copyOf(refs);
    }

    /** A directory alone, or a mapping that says more. */
    static final Form<RepositoryEntry> FORM =
            new EntryForm(new PathForm("the directory of a repository", Files::isDirectory));

    private static final Form<String> TEXT = ScalarForm.text("a text of one line", "\\S.{0,499}");
    private static final int MAX_REFS = 1000;

    private record EntryForm(Form<Path> directory) implements Form<RepositoryEntry> {
        @Override
        public String allowed() {
            return "a directory, or a mapping with directory and, if wanted, name, refs and fetch";
        }

        @Override
        public Optional<RepositoryEntry> read(String key, RawValue value, Problems problems) {
            return switch (value) {
                case RawValue.Scalar scalar ->
                        directory
                                .read(key, scalar, problems)
                                .map(path -> new RepositoryEntry(path, null, List.of(), false));
                case RawValue.Mapped mapping -> new Reader(key, directory, problems).read(mapping);
                case RawValue.Listed list -> {
                    problems.notAllowed(key, value, allowed());
                    yield Optional.empty();
                }
            };
        }

        @Override
        public Form<RepositoryEntry> elsewhere() {
            return new EntryForm(directory.elsewhere());
        }
    }

    /** Reads one mapping. */
    private static final class Reader {
        private final String key;
        private final Form<Path> directoryForm;
        private final Problems problems;
        private final Set<String> seen = new HashSet<>();
        private @Nullable Path directory;
        private @Nullable String name;
        private List<String> refs = new ArrayList<>();
        private boolean fetch;
        private boolean good = true;

        Reader(String key, Form<Path> directoryForm, Problems problems) {
            this.key = key;
            this.directoryForm = directoryForm;
            this.problems = problems;
        }

        Optional<RepositoryEntry> read(RawValue.Mapped mapping) {
            for (RawValue.Entry entry : mapping.entries()) {
                if (!seen.add(entry.key())) {
                    bad(entry, "is there twice");
                } else {
                    read(entry);
                }
            }
            if (!seen.contains("directory")) {
                problems.add("%s (%s) has no directory".formatted(key, mapping.place()));
            }
            Path root = directory;
            return good && root != null
                    ? Optional.of(new RepositoryEntry(root, name, refs, fetch))
                    : Optional.empty();
        }

        private void read(RawValue.Entry entry) {
            String path = key + "." + entry.key();
            RawValue value = entry.value();
            switch (entry.key()) {
                case "directory" ->
                        directory = directoryForm.read(path, value, problems).orElse(null);
                case "name" -> name = keep(TEXT.read(path, value, problems), "");
                case "refs" ->
                        refs =
                                keep(
                                        new ListForm<>(TEXT, MAX_REFS).read(path, value, problems),
                                        List.of());
                case "fetch" ->
                        fetch = keep(ScalarForm.yesOrNo().read(path, value, problems), false);
                default -> bad(entry, "is not a setting of a repository");
            }
        }

        private <T> T keep(Optional<T> read, T otherwise) {
            good &= read.isPresent();
            return read.orElse(otherwise);
        }

        private void bad(RawValue.Entry entry, String what) {
            good = false;
            problems.add("%s.%s (%s) %s".formatted(key, entry.key(), entry.value().place(), what));
        }
    }
}
