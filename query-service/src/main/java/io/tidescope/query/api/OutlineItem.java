package io.tidescope.query.api;

import com.fasterxml.jackson.annotation.JsonInclude;

import io.tidescope.query.OutlineEntry;
import io.tidescope.query.request.Choice;
import io.tidescope.tree.LineIndex;
import io.tidescope.tree.symbol.Definition;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.function.Function;

/**
 * A declaration in an outline as it is written.
 *
 * @param summary first sentence of its documentation comment; left out when it has none
 */
record OutlineItem(
        String name,
        String kind,
        String signature,
        int line,
        int column,
        int endLine,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String summary,
        List<OutlineItem> children) {
    static OutlineItem of(
            OutlineEntry entry, LineIndex lines, Function<Definition, @Nullable String> summary) {
        Definition definition = entry.definition();
        return new OutlineItem(
                definition.name(),
                Choice.label(definition.kind()),
                definition.signature(),
                lines.line(definition.nameStart()),
                lines.column(definition.nameStart()),
                lines.line(definition.end()),
                summary.apply(definition),
                entry.children().stream().map(child -> of(child, lines, summary)).toList());
    }
}
