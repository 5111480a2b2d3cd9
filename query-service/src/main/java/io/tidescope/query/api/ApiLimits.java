package io.tidescope.query.api;

import java.time.Duration;

/** What one request may ask for. */
public final class ApiLimits {
    /** Items of a page. */
    public static final int MAX_ITEMS = 1_000;

    public static final int DEFAULT_ITEMS = 100;

    /** How long a query may be held back for its {@code min_revision}. */
    public static final Duration MAX_WAIT = Duration.ofSeconds(30);

    public static final Duration DEFAULT_WAIT = Duration.ofSeconds(5);

    /** How long an answer may take, the wait for a revision not counted. */
    public static final Duration TIMEOUT = Duration.ofSeconds(10);

    /** Queries that may wait for a revision at the same time. */
    public static final int MAX_WAITING = 128;

    /** Nodes of a syntax tree that is answered. */
    public static final int MAX_TREE_NODES = 500_000;

    /** UTF-16 units of a source line shown with an occurrence. */
    public static final int MAX_LINE_TEXT = 1_000;

    /** Matches of a page of a structural search. */
    public static final int MAX_MATCHES = 100_000;

    /** UTF-16 units of a pattern. */
    static final int MAX_PATTERN_LENGTH = 10_000;

    /** UTF-16 units of a rule, as JSON. */
    static final int MAX_RULE_LENGTH = 100_000;

    /** Globs that a structural search takes. */
    static final int MAX_GLOBS = 32;

    static final int MAX_NAME_LENGTH = 500;
    public static final int MAX_PATH_LENGTH = 4_096;

    private ApiLimits() {}
}
