package io.tidescope.testing.fault;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The guarantee that what an answer does not call missing is right: every file is there, in one
 * version, not older than the revision that was asked for and not newer than what was pushed.
 */
final class NoWrongAnswerIsComplete {
    private NoWrongAnswerIsComplete() {}

    /**
     * Looks at one file, whose partition is not missing.
     *
     * @param versions all that the answer has of it
     * @param asked version of the revision that was asked for; 0 for none
     * @param present whether the file has been answered before, and so has to be there
     * @param pushed version of the newest push that had begun
     */
    static List<Violation> check(
            int file, Set<Long> versions, long asked, boolean present, long pushed) {
        List<Violation> wrong = new ArrayList<>();
        if (versions.size() > 1 || (versions.isEmpty() && (present || asked > 0))) {
            wrong.add(violation("file %d is there in versions %s".formatted(file, versions)));
        }
        for (long version : versions) {
            if (version < asked || version > pushed) {
                wrong.add(
                        violation(
                                "file %d has version %d, which is not %d to %d"
                                        .formatted(file, version, asked, pushed)));
            }
        }
        return wrong;
    }

    private static Violation violation(String what) {
        return Violation.of(NoWrongAnswerIsComplete.class, what);
    }
}
