package io.tidescope.recovery.emergency;

import io.tidescope.recovery.archive.Archive;
import io.tidescope.recovery.archive.Manifest;
import io.tidescope.recovery.object.ObjectStore;
import io.tidescope.recovery.restore.RestorePlan;
import io.tidescope.recovery.restore.RestorePoint;
import io.tidescope.recovery.restore.TestDeployment;
import io.tidescope.recovery.restore.Verification;
import io.tidescope.testing.Eventually;

import org.apache.kafka.clients.admin.Admin;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Random;
import java.util.SortedMap;

/** A deployment and the backup that it is taken back to, by one process after the other. */
record Trial(ObjectStore objects, TestDeployment deployment, Manifest backup) {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    EmergencyPlan look() throws InterruptedException {
        return emergency(new Told("")).look();
    }

    void run(Operator operator, String code) throws InterruptedException {
        emergency(operator).run(code, () -> true);
    }

    /** Knows nothing of what was done before, as another process. */
    Emergency emergency(Operator operator) {
        Archive fresh = new Archive(objects);
        RestorePlan plan = new RestorePoint(fresh).of(backup.id(), _ -> true);
        return new Emergency(
                objects,
                plan,
                deployment.target(),
                new Verification(
                        fresh, plan, deployment.target(), TestDeployment::tree, 20, new Random(1)),
                operator,
                new Emergency.Limits(2, Duration.ofSeconds(1)),
                InstantSource.system());
    }

    /** Ids by names of what there is of a deployment. */
    static SortedMap<String, String> topics(TestDeployment deployment) throws Exception {
        try (Admin admin = Admin.create(deployment.kafka().clientProperties())) {
            return new ClusterSurvey(admin, deployment.topics()).topics();
        }
    }

    /** Returns when the broker has them no more: it says that they are deleted before. */
    void deleteTopics() throws Exception {
        try (Admin admin = Admin.create(deployment.kafka().clientProperties())) {
            admin.deleteTopics(topics(deployment).keySet()).all().get();
        }
        Eventually.until(LIMIT, "they are gone", () -> isEmpty(deployment));
    }

    private static boolean isEmpty(TestDeployment deployment) {
        try {
            return topics(deployment).isEmpty();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Flips a bit in the middle of a segment; the segment's name. */
    String damage() {
        String segment = backup.segments().findFirst().orElseThrow().name();
        byte[] content = objects.find(segment).orElseThrow();
        content[content.length / 2] ^= 1;
        objects.delete(segment);
        objects.create(segment, content);
        return segment;
    }
}
