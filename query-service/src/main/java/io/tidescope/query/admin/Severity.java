package io.tidescope.query.admin;

/** How bad a problem is. */
public enum Severity {
    /** The caller's mistake. */
    INFO,
    /** May be over soon. */
    WARNING,
    /** A defect, or something that is wrong with the installation. */
    ERROR,
    /** Stored data is damaged. */
    CRITICAL
}
