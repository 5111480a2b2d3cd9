package io.tidescope.recovery.emergency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidescope.parser.stream.ParserNode;
import io.tidescope.recovery.archive.Archive;
import io.tidescope.recovery.archive.Manifest;
import io.tidescope.recovery.object.MemoryObjects;
import io.tidescope.recovery.restore.TestDeployment;
import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.schemas.TopicAdmin;
import io.tidescope.schemas.Topics;
import io.tidescope.testing.GitRepository;
import io.tidescope.testing.TestBroker;

import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.function.BooleanSupplier;

/** A deployment on a real broker is taken back to a backup in its own cluster. */
@Timeout(240)
class EmergencyIT {
    private static final String SHOP = "acme/shop";
    private static TestBroker broker;

    @TempDir private Path directory;

    private final MemoryObjects objects = new MemoryObjects(InstantSource.system());
    private final Archive archive = new Archive(objects);

    @BeforeAll
    static void start() {
        broker = TestBroker.start();
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @Test
    void whereverItIsCutOffItGoesOnToTheIndexOfTheBackup() throws Exception {
        GitRepository shop = repository();
        TestDeployment deployment = TestDeployment.published(broker, "cut.", SHOP, shop);
        SortedMap<String, String> kept = deployment.documents();
        Manifest backup = deployment.backUp(archive);
        shop.write("Wrong.java", "class Wrong {}\n").delete("Basket.java").commit("wrong");
        deployment.publish(SHOP, shop);
        deployment.parse();
        assertThat(deployment.documents()).isNotEqualTo(kept);
        SortedMap<String, String> before = topics(deployment);
        EmergencyPlan plan = emergency(deployment, backup, new Told("")).look();
        assertThat(plan.topics())
                .extracting(FoundTopic::name)
                .containsExactly(
                        "cut.documents",
                        "cut.file-changes",
                        "cut.parse-failures",
                        "cut.repositories");
        assertThat(plan.topics()).allMatch(topic -> topic.records() != null);
        assertThat(plan.topics().getFirst().records()).isPositive();

        for (Step step : Step.values()) {
            for (String moment : List.of(" begins", " done")) {
                Told dying = new Told(step + moment);
                assertThatThrownBy(() -> run(deployment, backup, dying, plan.code()))
                        .hasMessage("died at " + step + moment);
                assertThat(topics(deployment).equals(before))
                        .isEqualTo(
                                step.compareTo(Step.CLEAR) < 0
                                        || dying.last.equals("3 clear begins"));
            }
        }
        Told told = new Told("");
        run(deployment, backup, told, plan.code());

        assertThat(told.heard).hasSize(6).allMatch(what -> what.endsWith("done before"));
        assertThat(deployment.documents()).isEqualTo(kept);
        assertThat(emergency(deployment, backup, told).look().unfinished()).isEmpty();
        shop.write("Later.java", "class Later {}\n").commit("later");
        deployment.withTopics().publish(SHOP, shop);
        deployment.parse();
        assertThat(deployment.documents().keySet())
                .containsExactly("acme/shop Later.java", "acme/shop Wrong.java");
    }

    @Test
    void stepsThatWereDoneAreNotDoneAgainOnceAllIsDeleted() throws Exception {
        TestDeployment deployment = TestDeployment.published(broker, "again.", SHOP, repository());
        Manifest backup = deployment.backUp(archive);
        String code = emergency(deployment, backup, new Told("")).look().code();
        assertThatThrownBy(() -> run(deployment, backup, new Told("2 stop done"), code));
        Told before = new Told("3 clear done");
        assertThatThrownBy(() -> run(deployment, backup, before, code));
        Told after = new Told("");
        run(deployment, backup, after, code);

        assertThat(before.heard)
                .contains("roles end", "1 validate done")
                .doesNotContain("roles start");
        assertThat(after.heard)
                .startsWith("1 validate done before", "2 stop done before", "3 clear done before")
                .contains("roles start", "6 restart done")
                .doesNotContain("roles end");
    }

    @Test
    void anotherBackupReplacesOneThatWasHalfRestored() throws Exception {
        GitRepository shop = repository();
        TestDeployment deployment = TestDeployment.published(broker, "other.", SHOP, shop);
        SortedMap<String, String> kept = deployment.documents();
        Manifest first = deployment.backUp(archive);
        shop.write("More.java", "class More {}\n").commit("more");
        deployment.publish(SHOP, shop);
        deployment.parse();
        Manifest second = deployment.backUp(archive);
        String code = emergency(deployment, second, new Told("")).look().code();
        assertThatThrownBy(() -> run(deployment, second, new Told("4 restore done"), code));

        EmergencyPlan plan = emergency(deployment, first, new Told("")).look();
        assertThat(plan.unfinished())
                .singleElement()
                .matches(each -> each.code().equals(code) && each.step() == Step.RESTORE);
        run(deployment, first, new Told(""), plan.code());

        assertThat(deployment.documents()).isEqualTo(kept);
        assertThat(emergency(deployment, first, new Told("")).look().unfinished()).isEmpty();
        assertThatThrownBy(() -> run(deployment, first, new Told(""), code))
                .isInstanceOf(TideScopeException.class)
                .hasMessageContaining("is of backup 2")
                .hasMessageContaining("--backup 2");
    }

    @Test
    void nothingIsDeletedForABackupThatIsDamaged() throws Exception {
        TestDeployment deployment =
                TestDeployment.published(broker, "damaged.", SHOP, repository());
        Manifest backup = deployment.backUp(archive);
        String code = emergency(deployment, backup, new Told("")).look().code();
        SortedMap<String, String> before = topics(deployment);
        String segment = new Trial(objects, deployment, backup).damage();
        Told told = new Told("");

        assertThatThrownBy(() -> run(deployment, backup, told, code))
                .isInstanceOfSatisfying(
                        TideScopeException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.CORRUPT))
                .hasMessageContaining(segment)
                .hasMessageContaining("written nothing")
                .hasMessageContaining("no topic was deleted");
        assertThat(topics(deployment)).isEqualTo(before);
        assertThat(told.heard).containsExactly("1 validate begins");
    }

    @Test
    void nothingIsDeletedWhileAParserRuns() throws Exception {
        TestDeployment deployment =
                TestDeployment.published(broker, "running.", SHOP, repository());
        Manifest backup = deployment.backUp(archive);
        String code = emergency(deployment, backup, new Told("")).look().code();
        SortedMap<String, String> before = topics(deployment);

        try (ParserNode _ = deployment.startParser()) {
            deployment.awaitDocuments();
            assertThat(emergency(deployment, backup, new Told("")).look().atWork())
                    .singleElement()
                    .asString()
                    .startsWith("parsers: ");
            assertThatThrownBy(() -> run(deployment, backup, new Told(""), code))
                    .isInstanceOf(TideScopeException.class)
                    .hasMessageContaining("running.tidescope-parser")
                    .hasMessageContaining("no topic was deleted");
        }
        assertThat(topics(deployment)).isEqualTo(before);
    }

    @Test
    void aCodeOfSomethingElseIsRefused() throws Exception {
        TestDeployment deployment = TestDeployment.published(broker, "code.", SHOP, repository());
        Manifest backup = deployment.backUp(archive);
        String code = emergency(deployment, backup, new Told("")).look().code();

        assertThatThrownBy(() -> run(deployment, backup, new Told(""), "0123456789ab"))
                .isInstanceOf(TideScopeException.class)
                .hasMessageContaining("nothing was done");
        assertThatThrownBy(() -> run(deployment, backup, new Told(""), "yes"))
                .isInstanceOf(TideScopeException.class)
                .hasMessageContaining("'yes' is no code");
        recreate(deployment);
        SortedMap<String, String> before = topics(deployment);
        assertThatThrownBy(() -> run(deployment, backup, new Told(""), code))
                .isInstanceOf(TideScopeException.class)
                .hasMessageContaining("Look again");
        assertThat(topics(deployment)).isEqualTo(before);
    }

    @Test
    void aTopicThatIsMadeAfterTheAgreementIsNotDeleted() throws Exception {
        TestDeployment deployment = TestDeployment.published(broker, "made.", SHOP, repository());
        Manifest backup = deployment.backUp(archive);
        String code = emergency(deployment, backup, new Told("")).look().code();
        assertThatThrownBy(() -> run(deployment, backup, new Told("2 stop done"), code));
        recreate(deployment);
        SortedMap<String, String> before = topics(deployment);

        assertThatThrownBy(() -> run(deployment, backup, new Told(""), code))
                .isInstanceOf(TideScopeException.class)
                .hasMessageStartingWith("made.parse-failures: made since");
        assertThat(topics(deployment)).isEqualTo(before);
    }

    @Test
    void ofTwoAtOnceTheSecondIsRefused() throws Exception {
        TestDeployment deployment = TestDeployment.published(broker, "two.", SHOP, repository());
        SortedMap<String, String> kept = deployment.documents();
        Manifest backup = deployment.backUp(archive);
        String code = emergency(deployment, backup, new Told("")).look().code();
        List<Throwable> refused = new ArrayList<>();
        Operator first =
                new Operator() {
                    @Override
                    public void stopRoles(BooleanSupplier allowed) {
                        try {
                            run(deployment, backup, new Told(""), code);
                        } catch (TideScopeException | InterruptedException e) {
                            refused.add(e);
                        }
                    }

                    @Override
                    public void startRoles(BooleanSupplier allowed) {}

                    @Override
                    public void say(Step step, String what) {}
                };

        emergency(deployment, backup, first).run(code, () -> true);

        assertThat(refused)
                .singleElement()
                .satisfies(e -> assertThat(e).hasMessageContaining("Another one recovers"));
        assertThat(deployment.documents()).isEqualTo(kept);
    }

    @Test
    void aLogOfTwoIndicesIsNotReplaced() throws Exception {
        TestDeployment deployment =
                TestDeployment.published(broker, "indices.", SHOP, repository());
        Manifest backup = deployment.backUp(archive);
        Topics next = deployment.topics().withIndex("next");
        try (Admin admin = Admin.create(deployment.kafka().clientProperties())) {
            new TopicAdmin(admin).ensure(next.derived(), next.replication());
        }

        assertThatThrownBy(() -> emergency(deployment, backup, new Told("")).look())
                .isInstanceOf(TideScopeException.class)
                .hasMessageContaining("'next'");
    }

    @Test
    void whatIsLostIsMadeAnew() throws Exception {
        TestDeployment deployment = TestDeployment.published(broker, "lost.", SHOP, repository());
        SortedMap<String, String> kept = deployment.documents();
        Manifest backup = deployment.backUp(archive);
        for (int time = 0; time < 2; time++) {
            try (Admin admin = Admin.create(deployment.kafka().clientProperties())) {
                admin.deleteTopics(topics(deployment).keySet()).all().get();
            }
            EmergencyPlan plan = emergency(deployment, backup, new Told("")).look();
            assertThat(plan.topics()).isEmpty();
            Told told = new Told("");
            run(deployment, backup, told, plan.code());

            assertThat(told.heard).contains("3 clear there was no topic to delete", "roles start");
            assertThat(deployment.documents()).isEqualTo(kept);
        }
    }

    private void recreate(TestDeployment deployment) throws Exception {
        try (Admin admin = Admin.create(deployment.kafka().clientProperties())) {
            admin.deleteTopics(List.of(deployment.kafka().names().parseFailures())).all().get();
        }
        deployment.withTopics();
    }

    private SortedMap<String, String> topics(TestDeployment deployment) throws Exception {
        return Trial.topics(deployment);
    }

    private GitRepository repository() {
        GitRepository shop = GitRepository.create(directory.resolve("shop"));
        shop.write("Basket.java", "class Basket {}\n").write("Gone.java", "class Gone {}\n");
        shop.commit("first");
        shop.delete("Gone.java").commit("second");
        return shop;
    }

    private void run(TestDeployment deployment, Manifest backup, Operator operator, String code)
            throws InterruptedException {
        emergency(deployment, backup, operator).run(code, () -> true);
    }

    private Emergency emergency(TestDeployment deployment, Manifest backup, Operator operator) {
        return new Trial(objects, deployment, backup).emergency(operator);
    }
}
