package io.tidescope.recovery.restore;

import io.tidescope.recovery.archive.ArchivedRecord;
import io.tidescope.recovery.archive.Mark;
import io.tidescope.recovery.archive.PartitionReader;
import io.tidescope.schemas.RefKey;
import io.tidescope.schemas.event.RefState;
import io.tidescope.schemas.registry.AvroSerde;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What publishers find of a ref after a restore: that its newest restored publish is complete.
 * Where it goes on from there git tells, at the first look.
 */
final class RefStates {
    private RefStates() {}

    /**
     * Made of the marks, which are what was restored; the topic tells only where publishers read
     * each ref, for its records may be newer, or gone.
     *
     * @param repositories what the backup has of the topic
     * @param states reads its values
     */
    static List<RefState> of(
            List<Mark> state, PartitionReader repositories, AvroSerde<RefState> states) {
        Map<RefKey, String> locations = new HashMap<>();
        for (ArchivedRecord record = repositories.next();
                record != null;
                record = repositories.next()) {
            byte[] value = record.value();
            if (value != null) {
                Values.find(states, value)
                        .ifPresent(
                                each ->
                                        locations.put(
                                                new RefKey(each.getRepository(), each.getRef()),
                                                each.getLocation()));
            }
        }
        return state.stream()
                .map(
                        mark ->
                                state(
                                        mark,
                                        locations.getOrDefault(
                                                new RefKey(mark.repository(), mark.ref()), "")))
                .toList();
    }

    private static RefState state(Mark mark, String location) {
        return RefState.newBuilder()
                .setRepository(mark.repository())
                .setRef(mark.ref())
                .setDefaultRef(mark.defaultRef())
                .setLocation(location)
                .setSequence(mark.sequence())
                .setCommit(mark.commit())
                .setJavaFiles(mark.javaFiles())
                .setOtherFiles(mark.otherFiles())
                .setSymlinks(mark.symlinks())
                .setSubmodules(mark.submodules())
                .setUpdatedAtMillis(mark.publishedAt())
                .build();
    }
}
