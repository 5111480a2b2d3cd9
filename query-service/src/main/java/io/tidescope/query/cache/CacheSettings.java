package io.tidescope.query.cache;

/**
 * What is kept of answers.
 *
 * @param bytes all answers that this process keeps, about; 0 keeps none
 * @param answerBytes an answer that is larger is not kept, such as a large document with its source
 * @param namespace what the keys of shared answers begin with: other for another cluster or another
 *     version, whose answers differ
 */
public record CacheSettings(long bytes, int answerBytes, String namespace) {
    /** Keeps 64 MiB in this process; a slice of a structural search holds sources of documents. */
    public static CacheSettings of(String namespace) {
        return new CacheSettings(64L << 20, 2 << 20, namespace);
    }
}
