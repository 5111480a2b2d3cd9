package io.tidescope.app.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.tidescope.app.config.Configuration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What the process of a role finds in its pod: variables and files, the latter below a directory
 * that stands for the root of the file system.
 */
final class StartedPod {
    /** Of a path from the root, but not within an address. */
    private static final Pattern ROOT_OF_PATH = Pattern.compile("(?<![\\w/:.-])/(?=\\w)");

    private static final Pattern EARLIER_VARIABLE = Pattern.compile("\\$\\((\\w+)\\)");
    private static final Pattern NODE_LABEL =
            Pattern.compile("metadata\\.labels\\['topology\\.kubernetes\\.io/zone']");
    private static final String REPOSITORIES = "/var/lib/tidescope/repositories/";

    private static final String PEER = "bootstrap.servers = kafka.other.example.net:9093\n";

    private final Deployed deployed;
    private final Workload workload;
    private final Path root;

    StartedPod(Deployed deployed, Workload workload, Path root) throws IOException {
        this.deployed = deployed;
        this.workload = workload;
        this.root = root;
        for (VolumeMount mount : workload.container().getVolumeMounts()) {
            fill(mount);
        }
    }

    private void fill(VolumeMount mount) throws IOException {
        Path directory = Files.createDirectories(root.resolve(mount.getMountPath().substring(1)));
        if (workload.claims().contains(mount.getName())) {
            return;
        }
        Volume volume =
                workload.pod().getVolumes().stream()
                        .filter(each -> each.getName().equals(mount.getName()))
                        .findFirst()
                        .orElseThrow(() -> new AssertionError("no volume " + mount.getName()));
        if (volume.getConfigMap() != null) {
            for (var entry : map(volume.getConfigMap().getName()).entrySet()) {
                String text = ROOT_OF_PATH.matcher(entry.getValue()).replaceAll(root + "/");
                Files.writeString(directory.resolve(entry.getKey()), text);
            }
        } else if (volume.getSecret() != null) {
            for (var item : volume.getSecret().getItems()) {
                Files.writeString(
                        directory.resolve(item.getPath()),
                        item.getPath().endsWith(".properties") ? PEER : "secret");
            }
        } else if (volume.getPersistentVolumeClaim() != null
                && REPOSITORIES.startsWith(mount.getMountPath() + "/")) {
            cloneMirrors();
        }
    }

    private Map<String, String> map(String name) {
        return deployed.find(ConfigMap.class, name)
                .or(
                        () ->
                                deployed.all(ConfigMap.class).stream()
                                        .filter(
                                                each ->
                                                        each.getMetadata()
                                                                .getName()
                                                                .startsWith(name + "-"))
                                        .findFirst())
                .orElseThrow(() -> new AssertionError("no ConfigMap " + name))
                .getData();
    }

    /** As the container that runs before does. */
    private void cloneMirrors() throws IOException {
        for (String directory : mirrors()) {
            Files.createDirectories(root.resolve(directory.substring(1)));
        }
    }

    /** Directories of the repositories that are cloned from elsewhere. */
    Set<String> mirrors() {
        return map("tidescope")
                .getOrDefault("mirrors", "")
                .lines()
                .filter(line -> !line.startsWith("#") && !line.isBlank())
                .map(line -> REPOSITORIES + line.substring(0, line.indexOf(' ')))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Its configuration, read as the process reads it. */
    Configuration configuration() {
        List<String> arguments = workload.container().getArgs();
        int option = arguments.size() - 2;
        assertThat(arguments).element(option).isEqualTo("--config");
        return new Configuration(root.resolve(arguments.getLast().substring(1)), environment());
    }

    /** Where a file or directory of the process stands in the pod. */
    String inPod(Path path) {
        return "/" + root.relativize(path);
    }

    Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>();
        for (EnvVar variable : workload.container().getEnv()) {
            String value =
                    variable.getValueFrom() == null
                            ? expanded(variable.getValue(), environment)
                            : field(variable.getValueFrom().getFieldRef().getFieldPath());
            environment.put(variable.getName(), value);
        }
        return environment;
    }

    private static String expanded(String value, Map<String, String> earlier) {
        return EARLIER_VARIABLE
                .matcher(value)
                .replaceAll(
                        found ->
                                Matcher.quoteReplacement(
                                        earlier.getOrDefault(found.group(1), found.group())));
    }

    private String field(String path) {
        if (path.equals("metadata.name")) {
            return workload.podName();
        }
        assertThat(path).matches(NODE_LABEL);
        return "zone-a";
    }
}
