package io.tidescope.recovery.region;

import io.tidescope.schemas.KafkaProblem;
import io.tidescope.schemas.TideScopeException;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Whether brokers of a region answer. */
final class ClusterReach {
    private static final int LIMIT_MILLIS = 5_000;

    private ClusterReach() {}

    static boolean isReached(RegionCluster cluster) {
        try {
            require(cluster);
            return true;
        } catch (TideScopeException e) {
            return false;
        }
    }

    /**
     * @throws TideScopeException UNAVAILABLE when none answers within five seconds
     */
    static void require(RegionCluster cluster) {
        Map<String, Object> properties = cluster.kafka().clientProperties();
        properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, LIMIT_MILLIS);
        properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, LIMIT_MILLIS);
        try {
            Admin admin = Admin.create(properties);
            try {
                admin.describeCluster().nodes().get(LIMIT_MILLIS, TimeUnit.MILLISECONDS);
            } finally {
                admin.close(Duration.ZERO);
            }
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            throw unanswered(cluster, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unanswered(cluster, e);
        }
    }

    private static TideScopeException unanswered(RegionCluster cluster, Exception cause) {
        return KafkaProblem.of("of region %s did not answer".formatted(cluster.name()), cause);
    }
}
