package io.tidescope.query.admin;

import io.tidescope.query.cache.AnswerCache;

/**
 * Whom troubleshooting asks besides the store.
 *
 * @param cache what this process keeps of answers
 */
public record AdminSources(
        TrialParser parser,
        LagSource lag,
        NodeSource nodes,
        AnswerCache cache,
        ReplayControl replays) {}
