package io.tidescope.query;

import static io.tidescope.store.query.CodePointOrder.CODE_POINT_ORDER;

import io.tidescope.schemas.RefKey;
import io.tidescope.schemas.event.RefState;
import io.tidescope.schemas.event.RevisionMarker;
import io.tidescope.store.query.RepositoryGlobs;
import io.tidescope.store.query.Standing;
import io.tidescope.store.query.StoreClient.Answers;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All repositories and refs at one moment: what partitions have seen, joined with what publishers
 * say.
 *
 * @param byName repositories by name, in the order of names
 * @param missing partitions that did not answer, and why
 * @param standings where the others stand, as far as that is known
 */
record RefPicture(
        SortedMap<String, Repository> byName,
        Map<Integer, String> missing,
        Map<Integer, Standing> standings) {

    /**
     * Joins what is known of every ref.
     *
     * @param partitions partitions there are
     */
    static RefPicture of(
            Answers<List<RevisionMarker>> answers, Collection<RefState> states, int partitions) {
        Map<RefKey, List<RevisionMarker>> seen = new HashMap<>();
        for (List<RevisionMarker> markers : answers.byPartition().values()) {
            for (RevisionMarker marker : markers) {
                RefKey key = new RefKey(marker.getRepository(), marker.getRef());
                seen.computeIfAbsent(key, absent -> new ArrayList<>()).add(marker);
            }
        }
        Map<RefKey, IndexedRef> refs = new HashMap<>();
        Map<RefKey, RefState> published = new HashMap<>();
        for (RefState state : states) {
            RefKey key = new RefKey(state.getRepository(), state.getRef());
            published.put(key, state);
            if (state.getProgress() != null || state.getCommit() != null) {
                refs.put(key, IndexedRef.unseen(state));
            }
        }
        seen.forEach(
                (key, markers) ->
                        refs.put(key, IndexedRef.of(markers, partitions, published.get(key))));
        return new RefPicture(grouped(refs), answers.missing(), answers.standings());
    }

    /** The same for who may only see some repositories. */
    RefPicture of(RepositoryGlobs visible) {
        if (visible.isAll()) {
            return this;
        }
        SortedMap<String, Repository> some = new TreeMap<>(CODE_POINT_ORDER);
        byName.forEach(
                (name, repository) -> {
                    if (visible.matches(name)) {
                        some.put(name, repository);
                    }
                });
        return new RefPicture(some, missing, standings);
    }

    private static SortedMap<String, Repository> grouped(Map<RefKey, IndexedRef> refs) {
        Map<String, List<IndexedRef>> lists = new HashMap<>();
        refs.forEach(
                (key, ref) ->
                        lists.computeIfAbsent(key.repository(), absent -> new ArrayList<>())
                                .add(ref));
        SortedMap<String, Repository> byName = new TreeMap<>(CODE_POINT_ORDER);
        lists.forEach(
                (name, list) -> {
                    list.sort(Comparator.comparing(IndexedRef::ref, CODE_POINT_ORDER));
                    byName.put(name, new Repository(name, List.copyOf(list)));
                });
        return byName;
    }
}
