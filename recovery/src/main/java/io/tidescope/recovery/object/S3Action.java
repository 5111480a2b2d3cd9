package io.tidescope.recovery.object;

/** What is asked of S3, and which right it takes. */
enum S3Action {
    CREATE("write", "s3:PutObject"),
    FIND("read", "s3:GetObject, and s3:ListBucket to tell what is not there"),
    LIST("list", "s3:ListBucket"),
    DELETE("delete", "s3:DeleteObject");

    private final String verb;
    private final String right;

    S3Action(String verb, String right) {
        this.verb = verb;
        this.right = right;
    }

    String verb() {
        return verb;
    }

    String right() {
        return right;
    }
}
