package io.tidescope.app.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;

import org.junit.jupiter.api.Test;

/** The shape of the design, held against the compiled classes of all modules. */
final class ArchitectureTest {
    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .withImportOption(location -> !location.contains("/io/tidescope/testing/"))
                    .importPackages("io.tidescope");

    @Test
    void everyModuleIsLookedAt() {
        assertThat(CLASSES.stream().map(type -> type.getPackageName().split("\\.")[2]))
                .contains(
                        "schemas", "tree", "ingest", "parser", "store", "query", "recovery", "app");
    }

    @Test
    void modulesDependOnEachOtherAsTheDesignSays() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("schemas")
                .definedBy("io.tidescope.schemas..")
                .layer("syntax-tree")
                .definedBy("io.tidescope.tree..")
                .layer("ingest")
                .definedBy("io.tidescope.ingest..")
                .layer("parser-stream")
                .definedBy("io.tidescope.parser..")
                .layer("store's query API")
                .definedBy("io.tidescope.store.query..")
                .layer("repository-store")
                .definedBy(
                        resideInAPackage("io.tidescope.store..")
                                .and(not(resideInAPackage("io.tidescope.store.query.."))))
                .layer("query-service")
                .definedBy("io.tidescope.query..")
                .layer("recovery")
                .definedBy("io.tidescope.recovery..")
                .layer("app")
                .definedBy("io.tidescope.app..")
                .whereLayer("schemas")
                .mayNotAccessAnyLayer()
                .whereLayer("syntax-tree")
                .mayNotAccessAnyLayer()
                .whereLayer("ingest")
                .mayOnlyAccessLayers("schemas")
                .whereLayer("parser-stream")
                .mayOnlyAccessLayers("schemas", "syntax-tree")
                .whereLayer("store's query API")
                .mayOnlyAccessLayers("schemas", "syntax-tree")
                .whereLayer("repository-store")
                .mayOnlyAccessLayers("schemas", "syntax-tree", "store's query API")
                .whereLayer("query-service")
                .mayOnlyAccessLayers("schemas", "syntax-tree", "store's query API")
                .whereLayer("recovery")
                .mayOnlyAccessLayers("schemas")
                .check(CLASSES);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("io.tidescope.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void onlyTheParsePackageSeesJavaParser() {
        onlyIn("io.tidescope.parser.parse", "com.github.javaparser..").check(CLASSES);
    }

    @Test
    void onlyTheStoresRocksPackageSeesRocksDb() {
        onlyIn("io.tidescope.store.rocks", "org.rocksdb..").check(CLASSES);
    }

    @Test
    void onlyTheHttpPackageSeesTheHttpLibrary() {
        onlyIn(
                        "io.tidescope.query.http",
                        "io.javalin..",
                        "org.eclipse.jetty..",
                        "jakarta.servlet..")
                .check(CLASSES);
    }

    @Test
    void onlyTheCachePackageSeesRedis() {
        onlyIn("io.tidescope.query.cache", "io.lettuce..").check(CLASSES);
    }

    @Test
    void onlyTheAppsTracePackageSeesWhatSendsTraces() {
        onlyIn("io.tidescope.app.trace", "io.opentelemetry.sdk..", "io.opentelemetry.exporter..")
                .check(CLASSES);
    }

    @Test
    void onlyTheAccessPackageReadsTokensOfOthers() {
        onlyIn("io.tidescope.query.access", "com.nimbusds..").check(CLASSES);
    }

    @Test
    void onlyTheObjectPackageSeesS3() {
        onlyIn("io.tidescope.recovery.object", "software.amazon.awssdk..").check(CLASSES);
    }

    @Test
    void onlyTheArchivePackageSeesZstandard() {
        onlyIn("io.tidescope.recovery.archive", "com.github.luben.zstd..").check(CLASSES);
    }

    @Test
    void onlyIngestSeesGit() {
        onlyIn("io.tidescope.ingest..", "org.eclipse.jgit..").check(CLASSES);
    }

    @Test
    void syntaxTreesKnowNeitherKafkaNorAvro() {
        noClasses()
                .that()
                .resideInAPackage("io.tidescope.tree..")
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage(
                                "org.apache.kafka..", "org.apache.avro..", "org.rocksdb.."))
                .check(CLASSES);
    }

    @Test
    void onlyTheAppTalksToTheEnvironmentAndTheTerminal() {
        ArchRule rule =
                noClasses()
                        .that()
                        .resideOutsideOfPackage("io.tidescope.app..")
                        .should()
                        .callMethod(System.class, "exit", int.class)
                        .orShould()
                        .callMethod(System.class, "getenv")
                        .orShould()
                        .callMethod(System.class, "getenv", String.class)
                        .orShould()
                        .callMethod(System.class, "getProperty", String.class)
                        .orShould()
                        .callMethod(System.class, "getProperty", String.class, String.class)
                        .orShould()
                        .accessField(System.class, "out")
                        .orShould()
                        .accessField(System.class, "err");
        rule.check(CLASSES);
    }

    @Test
    void packagesAreNamedForWhatIsInThem() {
        noClasses()
                .should()
                .resideInAnyPackage(
                        "..util..",
                        "..utils..",
                        "..common..",
                        "..impl..",
                        "..manager..",
                        "..helper..",
                        "..misc..")
                .check(CLASSES);
    }

    @Test
    void classesAreNamedForWhatTheyAre() {
        noClasses().should().haveNameMatching(".*(Util|Utils|Helper|Manager|Impl)").check(CLASSES);
    }

    private static ArchRule onlyIn(String home, String... library) {
        return noClasses()
                .that()
                .resideOutsideOfPackage(home)
                .should()
                .dependOnClassesThat(resideInAnyPackage(library));
    }
}
