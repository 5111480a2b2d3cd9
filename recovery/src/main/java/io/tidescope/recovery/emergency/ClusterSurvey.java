package io.tidescope.recovery.emergency;

import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.KafkaProblem;
import io.tidescope.schemas.Namespace;
import io.tidescope.schemas.TideScopeException;
import io.tidescope.schemas.Topic;
import io.tidescope.schemas.Topics;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.admin.TopicListing;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What there is of a deployment in its cluster, and nothing of others. */
final class ClusterSurvey {
    /** Partitions that have lost their disks do not answer at all. */
    private static final Duration COUNT_LIMIT = Duration.ofSeconds(10);

    private final Admin admin;
    private final Topics topics;

    /**
     * @param admin stays the caller's to close
     */
    ClusterSurvey(Admin admin, Topics topics) {
        this.admin = admin;
        this.topics = topics;
    }

    /** The cluster's id. */
    String cluster() throws InterruptedException {
        return Answer.of(admin.describeCluster().clusterId());
    }

    /**
     * Ids by names of the topics that are there of the deployment, of what keeps its parsers and
     * stores, and of what a mirror has of it, which would go on by offsets of what is gone; not of
     * its registry, which a restore needs.
     */
    SortedMap<String, String> topics() throws InterruptedException {
        Set<String> named = topics.all().stream().map(Topic::name).collect(Collectors.toSet());
        SortedMap<String, String> found = new TreeMap<>();
        for (TopicListing listing : listings()) {
            if (named.contains(listing.name()) || isInternal(listing.name())) {
                found.put(listing.name(), listing.topicId().toString());
            }
        }
        return found;
    }

    private boolean isInternal(String name) {
        return name.startsWith(topics.names().mirror())
                || (name.startsWith(topics.names().parserApplication() + "-")
                                || name.startsWith(topics.names().storeApplication() + "-"))
                        && (name.endsWith("-changelog") || name.endsWith("-repartition"));
    }

    private Iterable<TopicListing> listings() throws InterruptedException {
        return Answer.of(admin.listTopics().listings());
    }

    /**
     * Makes sure that the log is that of one index alone: documents of others would be of a log
     * that is gone, and no backup brings them back.
     *
     * @throws TideScopeException PRECONDITION_FAILED naming the others
     */
    void requireOneIndex() throws InterruptedException {
        Namespace names = topics.names();
        Set<String> all = new TreeSet<>();
        for (TopicListing listing : listings()) {
            all.add(listing.name());
        }
        Pattern documents =
                Pattern.compile(
                        Pattern.quote(names.withIndex("").documents())
                                + "(?:-("
                                + Namespace.INDEX
                                + "))?");
        Set<String> others = new TreeSet<>();
        for (String name : all) {
            Matcher matcher = documents.matcher(name);
            if (matcher.matches()) {
                String index = matcher.group(1) == null ? "" : matcher.group(1);
                if (!index.equals(names.index())
                        && all.contains(names.withIndex(index).parseFailures())) {
                    others.add("'" + index + "'");
                }
            }
        }
        if (!others.isEmpty()) {
            throw new TideScopeException(
                    ErrorCode.PRECONDITION_FAILED,
                    "There are other indices of the same log, which no backup brings back: %s. Remove them first: tidescope replay remove --index NAME"
                            .formatted(String.join(", ", others)));
        }
    }

    /** The same topics with what is in them. */
    List<FoundTopic> count(SortedMap<String, String> found) throws InterruptedException {
        Map<String, Long> records = records(found.keySet());
        return found.entrySet().stream()
                .map(
                        topic ->
                                new FoundTopic(
                                        topic.getKey(),
                                        topic.getValue(),
                                        records.get(topic.getKey())))
                .toList();
    }

    private Map<String, Long> records(Set<String> names) throws InterruptedException {
        Map<TopicPartition, OffsetSpec> first = new HashMap<>();
        Map<TopicPartition, OffsetSpec> last = new HashMap<>();
        for (TopicDescription topic :
                Answer.of(admin.describeTopics(names).allTopicNames()).values()) {
            topic.partitions()
                    .forEach(
                            partition -> {
                                var where = new TopicPartition(topic.name(), partition.partition());
                                first.put(where, OffsetSpec.earliest());
                                last.put(where, OffsetSpec.latest());
                            });
        }
        Map<TopicPartition, Long> begins = offsets(first);
        Map<TopicPartition, Long> ends = offsets(last);
        Map<String, Long> records = new HashMap<>();
        if (begins != null && ends != null) {
            ends.forEach(
                    (where, end) ->
                            records.merge(
                                    where.topic(),
                                    end - begins.getOrDefault(where, 0L),
                                    Long::sum));
        }
        return records;
    }

    /** Null when not all of them are known in time. */
    private @Nullable Map<TopicPartition, Long> offsets(Map<TopicPartition, OffsetSpec> asked)
            throws InterruptedException {
        var options = new ListOffsetsOptions().timeoutMs(Math.toIntExact(COUNT_LIMIT.toMillis()));
        try {
            return admin
                    .listOffsets(asked, options)
                    .all()
                    .get(COUNT_LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                    .entrySet()
                    .stream()
                    .collect(Collectors.toMap(Map.Entry::getKey, each -> offset(each.getValue())));
        } catch (TimeoutException e) {
            return null;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof org.apache.kafka.common.errors.TimeoutException) {
                return null;
            }
            throw KafkaProblem.of("did not say what is in the topics", e);
        }
    }

    private static long offset(ListOffsetsResultInfo info) {
        return info.offset();
    }
}
