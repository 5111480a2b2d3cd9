package io.tidescope.ingest.git;

class JGitRepositoryTest extends GitRepositoryContract {
    @Override
    String objectFormat() {
        return "sha1";
    }
}
