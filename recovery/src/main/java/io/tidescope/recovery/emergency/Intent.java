package io.tidescope.recovery.emergency;

import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What an emergency is to do, as somebody has agreed to it: what is deleted, where, and for what.
 *
 * @param cluster the Kafka cluster's id
 * @param prefix what the names of the deployment begin with
 * @param index that its documents are of
 * @param backup number of the backup
 * @param fingerprint of what is restored from it
 * @param topics what is deleted: ids by names
 * @param earlier how many emergencies of this archive were complete before: what was agreed to for
 *     one of them is no agreement for another one
 */
record Intent(
        String cluster,
        String prefix,
        String index,
        long backup,
        String fingerprint,
        SortedMap<String, String> topics,
        int earlier) {
    Intent {
        topics = new TreeMap<>(topics);
    }
}
