package io.tidescope.schemas;

/**
 * Why something failed, in a form that code can decide on; its HTTP status is decided in one table.
 */
public enum ErrorCode {
    /** A value the caller gave is not acceptable. */
    INVALID_ARGUMENT(Category.USER),
    /** A thing the caller named does not exist. */
    NOT_FOUND(Category.USER),
    /** A limit of the caller's making was passed: size, rate, count. */
    LIMIT_EXCEEDED(Category.USER),
    /** Configuration, data directory or environment do not allow the start. */
    PRECONDITION_FAILED(Category.USER),
    /** The caller could not prove who it is. */
    UNAUTHENTICATED(Category.USER),
    /** A revision asked for as a bound was not indexed within the wait. */
    REVISION_NOT_INDEXED(Category.RETRIABLE),
    /** A partition, broker or registry does not answer now. */
    UNAVAILABLE(Category.RETRIABLE),
    /** More is asked than can be answered now; the same question may be answered shortly. */
    OVERLOADED(Category.RETRIABLE),
    /** The deadline passed before the answer was complete. */
    DEADLINE_EXCEEDED(Category.RETRIABLE),
    /** Stored bytes are not what was written. */
    CORRUPT(Category.CORRUPTION),
    /** Stored bytes were written by a newer version. */
    UNSUPPORTED_VERSION(Category.USER),
    /** A defect of TideScope. */
    INTERNAL(Category.BUG);

    /** Who has to act. */
    public enum Category {
        USER,
        RETRIABLE,
        CORRUPTION,
        BUG
    }

    private final Category category;

    ErrorCode(Category category) {
        this.category = category;
    }

    public Category category() {
        return category;
    }
}
