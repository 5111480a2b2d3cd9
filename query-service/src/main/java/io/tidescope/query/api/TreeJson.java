package io.tidescope.query.api;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializable;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.jsontype.TypeSerializer;

import io.tidescope.store.query.Deadline;
import io.tidescope.tree.Attribute;
import io.tidescope.tree.LineIndex;
import io.tidescope.tree.SyntaxTree;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * A syntax tree written as nested JSON objects: {@code kind}, {@code role}, {@code range}, {@code
 * text}, {@code attributes} and {@code children}; what a node does not have is left out. Written
 * straight from the columns and without recursion, for a tree can be as deep as its source is long.
 */
final class TreeJson implements JsonSerializable {
    private static final int NODES_BETWEEN_CHECKS = 256;

    private final SyntaxTree tree;
    private final LineIndex lines;
    private final Deadline deadline;

    TreeJson(SyntaxTree tree, LineIndex lines, Deadline deadline) {
        this.tree = tree;
        this.lines = lines;
        this.deadline = deadline;
    }

    @Override
    public void serialize(JsonGenerator json, SerializerProvider serializers) throws IOException {
        Deque<Integer> openEnds = new ArrayDeque<>();
        for (int node = 0; node < tree.nodeCount(); node++) {
            if (node % NODES_BETWEEN_CHECKS == 0) {
                deadline.check();
            }
            closeUntil(json, openEnds, node);
            json.writeStartObject();
            writeNode(json, node);
            if (tree.subtreeSize(node) > 1) {
                json.writeArrayFieldStart("children");
                openEnds.push(tree.subtreeEnd(node));
            } else {
                json.writeEndObject();
            }
        }
        closeUntil(json, openEnds, tree.nodeCount());
    }

    @Override
    public void serializeWithType(
            JsonGenerator json, SerializerProvider serializers, TypeSerializer types)
            throws IOException {
        serialize(json, serializers);
    }

    private static void closeUntil(JsonGenerator json, Deque<Integer> openEnds, int node)
            throws IOException {
        while (!openEnds.isEmpty() && openEnds.element() <= node) {
            openEnds.remove();
            json.writeEndArray();
            json.writeEndObject();
        }
    }

    private void writeNode(JsonGenerator json, int node) throws IOException {
        json.writeStringField("kind", tree.kind(node).label());
        json.writeStringField("role", tree.role(node).label());
        if (tree.hasRange(node)) {
            json.writePOJOField("range", SourceRange.of(lines, tree.start(node), tree.end(node)));
        }
        if (tree.hasText(node)) {
            json.writeStringField("text", tree.text(node));
        }
        List<Attribute> attributes = tree.attributes(node);
        if (!attributes.isEmpty()) {
            json.writeObjectFieldStart("attributes");
            for (Attribute attribute : attributes) {
                if (attribute.isFlag()) {
                    json.writeBooleanField(attribute.name(), true);
                } else {
                    json.writeStringField(attribute.name(), attribute.value());
                }
            }
            json.writeEndObject();
        }
    }
}
