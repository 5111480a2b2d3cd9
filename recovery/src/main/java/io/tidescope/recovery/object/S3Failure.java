package io.tidescope.recovery.object;

import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;

import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * What failures of S3 mean. The codes are those of the S3 API, which other stores use too.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html">the codes</a>
 */
final class S3Failure {
    private S3Failure() {}

    /**
     * @param object its name, or with what the names begin that were listed
     */
    static TideScopeException of(
            S3Action action, String object, S3Location location, SdkException e) {
        String message =
                "The archive cannot %s '%s' in %s: ".formatted(action.verb(), object, location);
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof TideScopeException known) {
                return known;
            }
        }
        if (e instanceof AwsServiceException refusal) {
            Meaning meaning = meaning(action, refusal);
            return new TideScopeException(meaning.code(), message + meaning.text(), e);
        }
        return new TideScopeException(
                ErrorCode.UNAVAILABLE, message + "it does not answer: " + rootOf(e), e);
    }

    /** The code of a refusal; empty when the answer has none. */
    static String code(AwsServiceException refusal) {
        AwsErrorDetails details = refusal.awsErrorDetails();
        return details == null || details.errorCode() == null ? "" : details.errorCode();
    }

    private record Meaning(ErrorCode code, String text) {}

    private static Meaning meaning(S3Action action, AwsServiceException refusal) {
        String told = told(refusal);
        return switch (code(refusal)) {
            case "InvalidAccessKeyId",
                    "SignatureDoesNotMatch",
                    "InvalidToken",
                    "ExpiredToken",
                    "TokenRefreshRequired",
                    "InvalidSecurity",
                    "NotSignedUp" ->
                    unauthenticated(told);
            case "AccessDenied", "AllAccessDisabled", "AccountProblem" ->
                    new Meaning(
                            ErrorCode.PRECONDITION_FAILED,
                            told + "; these credentials lack the right " + action.right());
            case "NoSuchBucket" ->
                    new Meaning(
                            ErrorCode.PRECONDITION_FAILED,
                            told + "; make the bucket, or check its name and the endpoint");
            case "AuthorizationHeaderMalformed",
                    "PermanentRedirect",
                    "TemporaryRedirect",
                    "IllegalLocationConstraintException" ->
                    new Meaning(
                            ErrorCode.PRECONDITION_FAILED,
                            told + "; check the region and the endpoint");
            case "RequestTimeTooSkewed" ->
                    new Meaning(
                            ErrorCode.PRECONDITION_FAILED,
                            told + "; set the clock of this machine");
            case "NotImplemented" ->
                    new Meaning(
                            ErrorCode.PRECONDITION_FAILED,
                            told + "; it lacks what archives need, such as conditional writes");
            case "SlowDown", "RequestTimeout", "BadDigest", "OperationAborted" ->
                    new Meaning(ErrorCode.UNAVAILABLE, told);
            default -> byStatus(refusal, told);
        };
    }

    private static Meaning byStatus(AwsServiceException refusal, String told) {
        int status = refusal.statusCode();
        if (status == 401 || status == 403) {
            return unauthenticated(told);
        }
        if (status >= 500 || status == 408 || status == 409 || status == 429) {
            return new Meaning(ErrorCode.UNAVAILABLE, told);
        }
        return new Meaning(
                ErrorCode.PRECONDITION_FAILED,
                told + "; check the endpoint, the region and the bucket");
    }

    private static Meaning unauthenticated(String told) {
        return new Meaning(
                ErrorCode.UNAUTHENTICATED, told + "; check the access key and the secret key");
    }

    /** Without the message of the store, which may repeat what was sent. */
    private static String told(AwsServiceException refusal) {
        String code = code(refusal);
        String request = refusal.requestId();
        return "it answers %d%s%s"
                .formatted(
                        refusal.statusCode(),
                        code.isEmpty() ? "" : " " + code,
                        request == null ? "" : " to request " + request);
    }

    private static Throwable rootOf(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }
}
