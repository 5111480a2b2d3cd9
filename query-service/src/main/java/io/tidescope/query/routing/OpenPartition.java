package io.tidescope.query.routing;

import io.tidescope.schemas.TideScopeException;
import io.tidescope.store.query.PartitionReply.Refusal;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/** A partition that has not answered a question yet, and whom it was asked of. */
final class OpenPartition {
    /** Nodes, or times one, that a partition is asked of. */
    private static final int MAX_ASKS = 4;

    /** It may be asked of that node no more. */
    private static final long NEVER = Long.MAX_VALUE;

    private final List<Asked> asked = new ArrayList<>(1);
    private int running;
    private int asks;
    private boolean overloaded;
    private @Nullable TideScopeException failure;
    private @Nullable String refusal;
    private @Nullable Long waitingSince;

    /** A node that was asked for it, and what is known of that. */
    private static final class Asked {
        private final String address;
        private long when;
        private boolean running;
        private boolean behind;

        Asked(String address) {
            this.address = address;
        }
    }

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
        Asked before = find(candidate.member());
        return before == null
                || !before.running
                        && before.when != NEVER
                        && candidate.member().asOf() - before.when > 0
                        && !(before.behind && candidate.position() < least);
    }

    private @Nullable Asked find(Member member) {
        for (Asked it : asked) {
            if (it.address.equals(member.address())) {
                return it;
            }
        }
        return null;
    }

    private Asked findOrAdd(Member member) {
        Asked it = find(member);
        if (it == null) {
            it = new Asked(member.address());
            asked.add(it);
        }
        return it;
    }

    void asked(Member member, long now) {
        Asked it = findOrAdd(member);
        it.when = now;
        if (!it.running) {
            it.running = true;
            running++;
        }
        asks++;
        waitingSince = null;
    }

    /** Nobody waits for that node any more. */
    private Asked ended(Member member, long when) {
        Asked it = findOrAdd(member);
        it.when = when;
        if (it.running) {
            it.running = false;
            running--;
        }
        return it;
    }

    void refused(Member member, Refusal why, String reason, long now) {
        Asked it = ended(member, why == Refusal.OVERLOADED ? NEVER : now);
        it.behind |= why == Refusal.BEHIND;
        refusal = member.name() + ": " + reason;
        overloaded |= why == Refusal.OVERLOADED;
    }

    /** The node did not answer. */
    void unanswered(Member member, String reason, long now) {
        ended(member, now);
        refusal = "%s does not answer: %s".formatted(member.name(), reason);
    }

    /** The node cannot answer, and will not be able to. */
    void failed(Member member, TideScopeException why) {
        ended(member, NEVER);
        failure = why;
    }

    /** Whether nobody is being asked for it. */
    boolean isIdle() {
        return running == 0;
    }

    /** Whether just one node is being asked for it. */
    boolean isAskedOnce() {
        return running == 1;
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
