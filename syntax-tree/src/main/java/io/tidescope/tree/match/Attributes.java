package io.tidescope.tree.match;

import io.tidescope.tree.AttributeField;
import io.tidescope.tree.NodeKind;

/** Which attribute bits count when nodes are compared. */
final class Attributes {
    private static final int ALL = 0xFF;

    private Attributes() {}

    /** All bits but where the brackets of an array stand. */
    static int compared(NodeKind kind) {
        return kind == NodeKind.ARRAY_TYPE ? 0 : ALL;
    }

    /** The bit of a flag of this name; 0 when nodes of the kind have none. */
    static int bit(NodeKind kind, String flag) {
        for (AttributeField field : AttributeField.of(kind)) {
            if (field.name().equals(flag)) {
                return 1 << field.shift();
            }
        }
        return 0;
    }
}
