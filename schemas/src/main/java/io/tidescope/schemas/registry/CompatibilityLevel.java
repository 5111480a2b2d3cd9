package io.tidescope.schemas.registry;

import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.Incompatibility;

import java.util.ArrayList;
import java.util.List;

/** What a new version of a schema must be able to do; the names are the registry protocol's. */
enum CompatibilityLevel {
    NONE(false, false, false),
    BACKWARD(true, false, false),
    BACKWARD_TRANSITIVE(true, false, true),
    FORWARD(false, true, false),
    FORWARD_TRANSITIVE(false, true, true),
    FULL(true, true, false),
    FULL_TRANSITIVE(true, true, true);

    /** Of a registry that was told nothing else: any version reads what any other wrote. */
    static final CompatibilityLevel DEFAULT = FULL_TRANSITIVE;

    private final boolean readsOld;
    private final boolean readByOld;
    private final boolean allVersions;

    CompatibilityLevel(boolean readsOld, boolean readByOld, boolean allVersions) {
        this.readsOld = readsOld;
        this.readByOld = readByOld;
        this.allVersions = allVersions;
    }

    /**
     * Why the schema cannot follow those versions; empty when it can.
     *
     * @param versions the versions registered, oldest first
     */
    List<String> problems(Schema candidate, List<Schema> versions) {
        List<String> problems = new ArrayList<>();
        int first = allVersions ? 0 : Math.max(0, versions.size() - 1);
        for (int i = first; i < versions.size(); i++) {
            if (readsOld) {
                addProblems(problems, "cannot read version " + (i + 1), candidate, versions.get(i));
            }
            if (readByOld) {
                addProblems(
                        problems, "not readable by version " + (i + 1), versions.get(i), candidate);
            }
        }
        return problems;
    }

    private static void addProblems(
            List<String> problems, String what, Schema reader, Schema writer) {
        for (Incompatibility incompatibility :
                SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
                        .getResult()
                        .getIncompatibilities()) {
            problems.add(
                    "%s: %s at %s: %s"
                            .formatted(
                                    what,
                                    incompatibility.getType(),
                                    incompatibility.getLocation(),
                                    incompatibility.getMessage()));
        }
    }
}
