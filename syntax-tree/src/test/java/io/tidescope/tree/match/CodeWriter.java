package io.tidescope.tree.match;

import io.tidescope.tree.NodeKind;
import io.tidescope.tree.Role;
import io.tidescope.tree.SyntaxTreeBuilder;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** Makes a syntax tree of {@link Code}, and notes where its holes are. */
final class CodeWriter {
    private final SyntaxTreeBuilder builder;
    final Map<Integer, Hole> nodeHoles = new HashMap<>();
    final Map<Integer, Hole> textHoles = new HashMap<>();

    CodeWriter(String source) {
        builder = new SyntaxTreeBuilder(source.getBytes(StandardCharsets.UTF_8));
    }

    SyntaxTreeBuilder write(Code code) {
        write(code, Role.ROOT, 0, false);
        return builder;
    }

    private void write(Code code, Role role, int start, boolean inHole) {
        int node = builder.open(code.kind(), role);
        builder.range(node, start, start + Code.source(code).length());
        builder.attributes(node, code.bits());
        String text = null;
        int at = start;
        int[] starts = new int[code.parts().size()];
        for (int i = 0; i < starts.length; i++) {
            starts[i] = at;
            if (code.parts().get(i) instanceof Code.Id id) {
                text = id.text();
                name(node, code.kind(), text, at);
            }
            at += Code.source(code.parts().get(i)).length();
        }
        String hole = code.hole() ? Code.source(code).replaceAll("^@|;$", "") : text;
        if (hole != null && hole.startsWith("$") && !inHole) {
            (code.hole() ? nodeHoles : textHoles).put(node, hole(hole));
        }
        for (boolean annotations : new boolean[] {true, false}) {
            for (int i = 0; i < starts.length; i++) {
                if (code.parts().get(i) instanceof Code.Child child
                        && (child.role() == Role.ANNOTATIONS) == annotations) {
                    write(child.code(), child.role(), starts[i], inHole || code.hole());
                }
            }
        }
        builder.close(node);
    }

    private void name(int node, NodeKind kind, String text, int at) {
        if (kind.textProperty().equals("value")) {
            builder.text(node, text);
        } else {
            builder.identifier(node, text, at, at + text.length());
        }
    }

    private static Hole hole(String text) {
        String name = text.replace("$", "");
        return new Hole(name.startsWith("_") ? "" : name, text.startsWith("$$$"));
    }
}
