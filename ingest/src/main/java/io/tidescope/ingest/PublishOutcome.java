package io.tidescope.ingest;

/** What became of one publish of one ref. */
sealed interface PublishOutcome {

    /** The revision is published. */
    record Complete(PublishedRef ref) implements PublishOutcome {}

    /** All of it is that git can read. */
    record Incomplete(UnreadableFiles files) implements PublishOutcome {}
}
