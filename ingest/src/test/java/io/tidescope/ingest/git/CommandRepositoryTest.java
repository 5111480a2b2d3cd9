package io.tidescope.ingest.git;

class CommandRepositoryTest extends GitRepositoryContract {
    @Override
    String objectFormat() {
        return "sha256";
    }
}
