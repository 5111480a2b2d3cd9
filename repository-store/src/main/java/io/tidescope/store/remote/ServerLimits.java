package io.tidescope.store.remote;

import java.time.Duration;

/**
 * What a node grants to those that ask it over the network.
 *
 * @param connections open at a time; each has a thread
 * @param lookups questions that are answered at a time, of those that need no scan
 * @param scans questions that are answered at a time, of those that need one; they share few
 *     threads
 * @param waiting questions of either sort that wait for their turn; those beyond are refused
 * @param requestBytes of a question
 * @param answerBytes of an answer; more than the largest document takes
 * @param unsentBytes of all answers that their askers have not taken yet
 * @param transfer in which a hello, a question or an answer must have come over from its first byte
 * @param idle after which a connection without a question is closed
 * @param drain how long a node that stops waits for what it is answering
 */
public record ServerLimits(
        int connections,
        int lookups,
        int scans,
        int waiting,
        int requestBytes,
        int answerBytes,
        long unsentBytes,
        Duration transfer,
        Duration idle,
        Duration drain) {
    static final int REQUEST_BYTES = 8 << 20;
    static final int ANSWER_BYTES = 64 << 20;

    public static final ServerLimits DEFAULT =
            new ServerLimits(
                    512,
                    32,
                    64,
                    256,
                    REQUEST_BYTES,
                    ANSWER_BYTES,
                    256L << 20,
                    Duration.ofSeconds(10),
                    Duration.ofMinutes(2),
                    Duration.ofSeconds(2));
}
