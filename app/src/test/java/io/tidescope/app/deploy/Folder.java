package io.tidescope.app.deploy;

import com.fasterxml.jackson.databind.JsonNode;

import io.fabric8.kubernetes.api.model.HasMetadata;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** A folder with a {@code kustomization.yaml}, which says what becomes of its files. */
record Folder(Path path, JsonNode kustomization) {
    static final Path ROOT = Path.of("..", "k8s");

    private static final String KUSTOMIZATION = "kustomization.yaml";

    /** All that ours need; nothing else is read below, so nothing else may be there. */
    private static final Set<String> KEYS =
            Set.of(
                    "apiVersion",
                    "kind",
                    "namespace",
                    "resources",
                    "images",
                    "replicas",
                    "configMapGenerator",
                    "patches");

    static Folder base() {
        return of(ROOT.resolve("base"));
    }

    /** Those of the overlays. */
    static List<Folder> overlays() {
        return children(ROOT.resolve("overlays")).stream().map(Folder::of).toList();
    }

    static Stream<Folder> all() {
        return Stream.concat(Stream.of(base()), overlays().stream());
    }

    static Folder of(Path path) {
        return new Folder(path, Manifests.documents(text(path.resolve(KUSTOMIZATION))).getFirst());
    }

    static List<Path> children(Path folder) {
        try (Stream<Path> children = Files.list(folder)) {
            return children.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String name() {
        return path.getFileName().toString();
    }

    Set<String> unknownKeys() {
        Set<String> keys = new TreeSet<>();
        kustomization.fieldNames().forEachRemaining(keys::add);
        keys.removeAll(KEYS);
        return keys;
    }

    /** The files that are there besides the kustomization. */
    Set<String> files() {
        Set<String> names = new TreeSet<>();
        children(path).forEach(file -> names.add(file.getFileName().toString()));
        names.remove(KUSTOMIZATION);
        return names;
    }

    /** The files that the kustomization names. */
    Set<String> listed() {
        Set<String> names = new TreeSet<>(resources());
        names.addAll(patches());
        names.addAll(generated().keySet());
        return names;
    }

    /** Manifests in this folder. */
    List<String> resources() {
        return texts("resources").filter(name -> !name.startsWith("..")).toList();
    }

    /** Folders that this one goes out from. */
    List<Path> origins() {
        return texts("resources")
                .filter(name -> name.startsWith(".."))
                .map(name -> path.resolve(name).normalize())
                .toList();
    }

    List<String> patches() {
        return kustomization.path("patches").findValuesAsText("path");
    }

    /** What becomes a ConfigMap, by the names of files. */
    Map<String, String> generated() {
        Map<String, String> data = new HashMap<>();
        kustomization
                .path("configMapGenerator")
                .forEach(
                        map ->
                                map.path("files")
                                        .forEach(
                                                file ->
                                                        data.put(
                                                                file.asText(),
                                                                read(file.asText()))));
        return data;
    }

    List<HasMetadata> manifests() {
        return resources().stream().flatMap(name -> Manifests.read(read(name)).stream()).toList();
    }

    String read(String name) {
        return text(path.resolve(name));
    }

    private Stream<String> texts(String key) {
        return kustomization.path(key).valueStream().map(JsonNode::asText);
    }

    @Override
    public String toString() {
        return name();
    }
}
