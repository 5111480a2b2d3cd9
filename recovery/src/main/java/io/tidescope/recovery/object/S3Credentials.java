package io.tidescope.recovery.object;

/** What requests to S3 are signed with; never printed. */
public record S3Credentials(String accessKey, String secretKey) {
    @Override
    public String toString() {
        return "(hidden)";
    }
}
