package io.tidescope.query.http;

import io.tidescope.query.access.Access;
import io.tidescope.query.api.ApiLimits;

import org.jspecify.annotations.Nullable;

import java.time.Duration;

import javax.net.ssl.SSLContext;

/**
 * Where and how the API is served.
 *
 * @param host address to listen on
 * @param port port to listen on; 0 for any that is free
 * @param timeout how long an answer may take, the wait for a revision not counted
 * @param access who may make requests
 * @param tls holds the server's certificate; null for plain connections
 */
public record HttpSettings(
        String host, int port, Duration timeout, Access access, @Nullable SSLContext tls) {
    /** Requests answered at the same time. */
    static final int MAX_REQUESTS = 64 + ApiLimits.MAX_WAITING;

    /** Requests that wait to be answered; one more is told to come back. */
    static final int MAX_QUEUED = 512;

    /** So many callers it takes to fill those; one may have half of them. */
    static final int CALLERS = 2;

    /** How long a request waits before it is told to come back. */
    static final Duration QUEUE_PATIENCE = Duration.ofSeconds(1);

    /** Bytes of a request's line and headers. */
    public static final int MAX_HEADER_BYTES = 16 * 1024;

    /** Bytes of a request's body. */
    public static final int MAX_BODY_BYTES = 5 * 1024 * 1024;

    /** Of a question's: as much as the largest rule takes, however it is written. */
    static final int MAX_QUESTION_BYTES = 1024 * 1024;

    /** How long a body that is read, or an answer that is written, may stand still. */
    static final Duration STANDSTILL = Duration.ofSeconds(10);

    /** How long the line and the headers of a request may take, and a TLS handshake. */
    static final Duration HEADER_PATIENCE = Duration.ofSeconds(10);

    /** How long the body of a request may take, and what comes of it meanwhile. */
    static final Duration BODY_PATIENCE = Duration.ofSeconds(10);

    /**
     * Webhooks that are read and judged at the same time, beside all other requests: nobody knows
     * who they are from before they are read.
     */
    static final int MAX_WEBHOOKS = 16;

    /** Webhooks that wait for that. */
    static final int MAX_QUEUED_WEBHOOKS = 64;

    static final Duration IDLE_TIMEOUT = Duration.ofSeconds(60);

    /**
     * Connections at the same time; others wait until one is closed. Each takes some 80 KiB of the
     * heap, whether or not anything is asked on it.
     */
    static final int MAX_CONNECTIONS = 1_024;

    /**
     * How long a connection may be idle while there are that many. A body that is read or an answer
     * that is written may stand still for no longer either; what is being answered is not idle.
     */
    static final Duration IDLE_TIMEOUT_WHEN_FULL = Duration.ofSeconds(3);

    /** How long a client may hold up the writing of its answer, and what it reads meanwhile. */
    static final Duration WRITE_PATIENCE = Duration.ofSeconds(10);

    /** Bytes that a client has to send or read in each second beyond that. */
    static final int LEAST_BYTES_PER_SECOND = 64 * 1024;

    /** Serves this machine only, and everybody on it. */
    public static HttpSettings local(int port) {
        return new HttpSettings("127.0.0.1", port, ApiLimits.TIMEOUT, Access.OPEN, null);
    }
}
