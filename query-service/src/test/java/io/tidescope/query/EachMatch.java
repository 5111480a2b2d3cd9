package io.tidescope.query;

import io.tidescope.store.query.StructureHit;

import java.util.List;

/** Takes matches one by one. */
abstract class EachMatch implements MatchReceiver {
    @Override
    public final Ready ready(List<StructureHit> matches) {
        return (from, to) -> matches.subList(from, to).forEach(this::accept);
    }

    abstract void accept(StructureHit match);
}
