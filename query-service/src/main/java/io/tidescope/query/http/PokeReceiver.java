package io.tidescope.query.http;

/** Hears that a repository may have changed. Returns at once; the publish happens elsewhere. */
@FunctionalInterface
public interface PokeReceiver {
    /**
     * Has the repository looked at soon.
     *
     * @param repository {@code owner/name}, or the name given to it
     * @throws io.tidescope.schemas.TideScopeException NOT_FOUND when it is not tracked here
     */
    void poke(String repository);
}
