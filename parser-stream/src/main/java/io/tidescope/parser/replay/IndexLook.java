package io.tidescope.parser.replay;

import io.tidescope.parser.stream.DocumentsEnd;
import io.tidescope.parser.stream.DocumentsEnd.Last;
import io.tidescope.schemas.KafkaConnection;

import org.apache.kafka.clients.admin.Admin;

import java.time.Duration;
import java.util.SortedMap;
import java.util.TreeMap;

/** Looks at how far an index has come, while it is open. For one thread at a time. */
public final class IndexLook implements AutoCloseable {
    private final String group;
    private final int partitions;
    private final Admin admin;
    private final DocumentsEnd documents;
    private final LogOffsets log;
    private final LogOffsets made;

    /**
     * @param kafka the deployment, with the index to look at
     */
    public IndexLook(KafkaConnection kafka, int partitions) {
        this.partitions = partitions;
        group = kafka.names().parserApplication();
        admin = Admin.create(kafka.clientProperties());
        documents = new DocumentsEnd(kafka);
        log = new LogOffsets(admin, kafka.names().fileChanges(), partitions);
        made = new LogOffsets(admin, kafka.names().documents(), partitions);
    }

    /**
     * How far it has come.
     *
     * @throws io.tidescope.schemas.TideScopeException UNAVAILABLE when the cluster does not tell
     */
    public IndexExtent extent() throws InterruptedException {
        SortedMap<Integer, Last> last = new TreeMap<>();
        for (int number = 0; number < partitions; number++) {
            last.put(number, documents.lastRecord(number));
        }
        return new IndexExtent(last, log.committed(group));
    }

    /**
     * Whether no transaction is open on its documents; with no parser at work, none is begun.
     *
     * @throws io.tidescope.schemas.TideScopeException UNAVAILABLE when the cluster does not tell
     */
    public boolean isSettled() throws InterruptedException {
        return made.committedEnds().equals(made.ends());
    }

    /**
     * How much of a replay is done.
     *
     * @throws io.tidescope.schemas.TideScopeException UNAVAILABLE when the cluster does not tell
     */
    public Replayed replayed(ReplayPlan plan) throws InterruptedException {
        return Replayed.of(plan, log.committed(group), log.ends());
    }

    @Override
    public void close() {
        documents.close();
        admin.close(Duration.ZERO);
    }
}
