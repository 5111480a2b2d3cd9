package io.tidescope.query.access;

/** What came of looking at a credential. */
public sealed interface Authentication {
    /** It proves who the caller is. */
    record Granted(Caller caller) implements Authentication {}

    /**
     * It does not.
     *
     * @param reason for the caller: what is wrong and what to do; never the credential
     */
    record Refused(String reason) implements Authentication {}
}
