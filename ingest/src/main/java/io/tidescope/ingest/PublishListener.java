package io.tidescope.ingest;

/** Hears how publishes come along, on the publishing thread; must return quickly. */
public interface PublishListener {
    PublishListener NONE = new PublishListener() {};

    /**
     * A transaction of the publish was committed, or it is about to begin.
     *
     * @param published changes committed so far
     * @param total changes in the publish
     */
    default void progressed(String repository, String ref, int published, int total) {}

    /** A revision was published completely. */
    default void published(PublishedRef ref) {}
}
