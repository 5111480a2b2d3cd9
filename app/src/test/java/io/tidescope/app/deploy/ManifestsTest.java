package io.tidescope.app.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.HasMetadata;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What is written in {@code k8s/}, file by file. */
final class ManifestsTest {
    private static final String DEPLOYMENT =
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: some}
            spec:
              template:
                spec:
                  containers:
                    - name: one
                      ports: [{containerPort: 80}]
                      env: [{name: A, value: "1"}]
            """;

    static List<Folder> folders() {
        return Folder.all().toList();
    }

    @ParameterizedTest
    @MethodSource("folders")
    void everyManifestIsAsTheApiHasIt(Folder folder) {
        for (String name : folder.resources()) {
            assertThat(Manifests.read(folder.read(name))).as(name).isNotEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("folders")
    void everyPatchIsAsTheApiHasItAndOfSomethingThatIsThere(Folder folder) {
        Set<String> known = new TreeSet<>();
        Folder.all()
                .forEach(each -> each.manifests().forEach(object -> known.add(identity(object))));
        for (String name : folder.patches()) {
            List<HasMetadata> patches = Manifests.readPatches(folder.read(name));
            assertThat(patches).as(name).isNotEmpty();
            for (HasMetadata patch : patches) {
                if (!patch.getMetadata().getName().equals("any")) {
                    assertThat(known).as(name).contains(identity(patch));
                }
            }
        }
    }

    private static String identity(HasMetadata object) {
        return object.getKind() + " " + object.getMetadata().getName();
    }

    @ParameterizedTest
    @MethodSource("folders")
    void aKustomizationListsEveryFileBesideItAndNothingElse(Folder folder) {
        assertThat(folder.unknownKeys()).isEmpty();
        assertThat(folder.listed()).isEqualTo(folder.files());
        for (Path origin : folder.origins()) {
            assertThat(origin.resolve("kustomization.yaml")).exists();
        }
    }

    @Test
    void thereAreNoOtherFolders() {
        assertThat(Folder.children(Folder.ROOT).stream().map(Path::getFileName))
                .extracting(Path::toString)
                .containsExactly("README.md", "base", "overlays");
        assertThat(Folder.overlays())
                .extracting(Folder::name)
                .containsExactly("dev", "production", "secondary-region");
    }

    @Test
    void theReadmeNamesEveryFile() throws Exception {
        String readme = Files.readString(Folder.ROOT.resolve("README.md"));

        Folder.all()
                .flatMap(folder -> folder.files().stream())
                .forEach(file -> assertThat(readme).contains("`" + file + "`"));
    }

    @Test
    @EnabledIf(
            value = "io.tidescope.app.deploy.Kubectl#isAvailable",
            disabledReason = "overlays are built by kubectl with Kustomize 5, which is not here")
    void everyOverlayCanBeBuilt() {
        assertThat(Deployed.all())
                .extracting(Deployed::name)
                .containsExactly("base", "dev", "production", "secondary-region");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "containerPort: 80 -> containerPorts: 80",
                "name: A -> nam: A",
                "containerPort: 80 -> containerPort: \"80\"",
                "value: \"1\" -> value: 1",
                "value: \"1\" -> value: true",
                "metadata: {name: some} -> metadata: {name: some, name: other}",
                "metadata: {name: some} -> metadata: {name: some, label: {}}",
                "kind: Deployment -> kind: Secret",
                "spec: -> spec: null\nstatuses:"
            })
    void whatTheApiWouldRefuseIsRefused(String change) {
        String[] parts = change.split(" -> ");

        assertThat(Manifests.read(DEPLOYMENT)).hasSize(1);
        assertThatThrownBy(() -> Manifests.read(DEPLOYMENT.replace(parts[0], parts[1])))
                .isInstanceOf(Exception.class);
    }
}
