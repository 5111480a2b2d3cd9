package io.tidescope.query.api;

import io.tidescope.query.StructureEnd;
import io.tidescope.store.query.SearchEffort;

import org.jspecify.annotations.Nullable;

/** What a structural search went through, see {@link SearchEffort}. */
record SearchPlan(
        String lookup, @Nullable Long documents, long candidates, long searched, long trees) {
    static SearchPlan of(StructureEnd end) {
        SearchEffort effort = end.effort();
        return new SearchPlan(
                effort.lookup(),
                end.documents(),
                effort.candidates(),
                effort.searched(),
                effort.trees());
    }
}
