package io.tidescope.schemas;

import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.jspecify.annotations.Nullable;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/** What a failure that a Kafka client reports means to whoever runs TideScope. */
public final class KafkaProblem {
    private KafkaProblem() {}

    /**
     * @param what the cluster did not do, such as {@code "did not answer"}
     * @return UNAUTHENTICATED when credentials or certificates were refused, PRECONDITION_FAILED
     *     when something is not allowed, else UNAVAILABLE; caused by the failure
     */
    public static TideScopeException of(String what, Exception failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case SaslAuthenticationException refused -> {
                    return new TideScopeException(
                            ErrorCode.UNAUTHENTICATED,
                            "the Kafka cluster refused the credentials: %s; check kafka.sasl"
                                    .formatted(refused.getMessage()),
                            failure);
                }
                case SslAuthenticationException refused -> {
                    return new TideScopeException(
                            ErrorCode.UNAUTHENTICATED,
                            "no secure connection to the Kafka cluster: %s; check kafka.tls"
                                    .formatted(reason(refused)),
                            failure);
                }
                case AuthorizationException refused -> {
                    return new TideScopeException(
                            ErrorCode.PRECONDITION_FAILED,
                            "the Kafka cluster does not allow this user what is needed: %s; grant it"
                                    .formatted(refused.getMessage()),
                            failure);
                }
                default -> {}
            }
        }
        return new TideScopeException(
                ErrorCode.UNAVAILABLE,
                "the Kafka cluster %s: %s".formatted(what, reason(failure)),
                failure);
    }

    /** The innermost message that says something. */
    private static String reason(Throwable failure) {
        @Nullable String last = null;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause.getMessage() != null && !(cause instanceof ExecutionException)) {
                last = cause.getMessage();
            }
        }
        return last != null
                ? last
                : failure instanceof TimeoutException
                        ? "there was no answer in time"
                        : failure.toString();
    }
}
