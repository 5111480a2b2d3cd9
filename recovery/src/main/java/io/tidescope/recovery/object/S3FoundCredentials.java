package io.tidescope.recovery.object;

import io.tidescope.schemas.ErrorCode;
import io.tidescope.schemas.TideScopeException;

import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * The credentials that AWS programs find by themselves: in the environment, in the files of a
 * profile, or from the container or the machine they run on. (Not by a web identity, which takes
 * another client of AWS.)
 *
 * <p>Where there are none the search ends with a question to the address that machines at AWS
 * answer on, which is given up after a second for each of its two forms.
 *
 * @param chain where they are looked for; remembers what it finds until that expires
 */
record S3FoundCredentials(AwsCredentialsProvider chain) implements AwsCredentialsProvider {
    @Override
    public AwsCredentials resolveCredentials() {
        try {
            return chain.resolveCredentials();
        } catch (SdkClientException e) {
            throw new TideScopeException(
                    ErrorCode.UNAUTHENTICATED,
                    "No credentials for S3 were found: set an access key and a secret key, or give"
                            + " this process credentials as other AWS programs find them",
                    e);
        }
    }
}
