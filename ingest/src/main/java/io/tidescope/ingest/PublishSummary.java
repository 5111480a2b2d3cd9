package io.tidescope.ingest;

import java.util.List;

/**
 * What one look at a repository led to.
 *
 * @param published publishes in the order they were made; empty when everything was up to date
 */
public record PublishSummary(String repository, List<PublishedRef> published) {
    public PublishSummary {
        published = List.copyOf(published);
    }
}
