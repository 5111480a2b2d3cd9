package io.tidescope.query.routing;

import io.tidescope.schemas.TideScopeException;
import io.tidescope.store.query.PartitionReply.Refusal;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A partition that has not answered a question yet, and whom it was asked of. */
final class OpenPartition {
    /** Nodes, or times one, that a partition is asked of. */
    private static final int MAX_ASKS = 4;

    /** It may be asked of that node no more. */
    private static final long NEVER = Long.MAX_VALUE;

    private final Map<String, Long> asked = new HashMap<>();
    private final Set<String> behind = new HashSet<>();
    private final Set<String> running = new HashSet<>();
    private int asks;
    private boolean overloaded;
    private @Nullable TideScopeException failure;
    private @Nullable String refusal;
    private @Nullable Long waitingSince;

    /**
     * The first of some replicas that may be asked yet; null when there is none.
     *
     * @param least what a replica must have come to
     */
    @Nullable Replica next(List<Replica> candidates, long least) {
        if (asks >= MAX_ASKS) {
            return null;
        }
        for (Replica candidate : candidates) {
            if (mayAnswer(candidate, least)) {
                return candidate;
            }
        }
        return null;
    }

    /** One that refused may be asked again when it has told since that it can answer. */
    private boolean mayAnswer(Replica candidate, long least) {
        String address = candidate.member().address();
        if (running.contains(address)) {
            return false;
        }
        Long before = asked.get(address);
        return before == null
                || before != NEVER
                        && candidate.member().asOf() - before > 0
                        && !(behind.contains(address) && candidate.position() < least);
    }

    void asked(Member member, long now) {
        asked.put(member.address(), now);
        asks++;
        running.add(member.address());
        waitingSince = null;
    }

    void refused(Member member, Refusal why, String reason, long now) {
        running.remove(member.address());
        refusal = member.name() + ": " + reason;
        overloaded |= why == Refusal.OVERLOADED;
        if (why == Refusal.BEHIND) {
            behind.add(member.address());
        }
        asked.put(member.address(), why == Refusal.OVERLOADED ? NEVER : now);
    }

    /** The node did not answer. */
    void unanswered(Member member, String reason, long now) {
        running.remove(member.address());
        refusal = "%s does not answer: %s".formatted(member.name(), reason);
        asked.put(member.address(), now);
    }

    /** The node cannot answer, and will not be able to. */
    void failed(Member member, TideScopeException why) {
        running.remove(member.address());
        failure = why;
        asked.put(member.address(), NEVER);
    }

    /** Whether nobody is being asked for it. */
    boolean isIdle() {
        return running.isEmpty();
    }

    /** Whether just one node is being asked for it. */
    boolean isAskedOnce() {
        return running.size() == 1;
    }

    /** Whether somebody was asked for it: it was held a moment ago. */
    boolean wasAsked() {
        return asks > 0;
    }

    /** Whether every node that could answer had too much to do. */
    boolean isOverloaded() {
        return overloaded;
    }

    /** What a node that should have answered failed with; null when none did. */
    @Nullable TideScopeException failure() {
        return failure;
    }

    /** What was said last by a node that did not answer; null when none was asked. */
    @Nullable String refusal() {
        return refusal;
    }

    /** Since when nobody is left to ask. */
    long waitingSince(long now) {
        Long since = waitingSince;
        if (since == null) {
            since = now;
            waitingSince = since;
        }
        return since;
    }
}
