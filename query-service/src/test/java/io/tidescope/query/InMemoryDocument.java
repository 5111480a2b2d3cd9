package io.tidescope.query;

import io.tidescope.schemas.DocumentKey;
import io.tidescope.store.query.FindOccurrences;
import io.tidescope.store.query.FindSymbols;
import io.tidescope.store.query.OccurrenceHit;
import io.tidescope.store.query.OccurrencePlace;
import io.tidescope.store.query.SearchStructure;
import io.tidescope.store.query.SourceLines;
import io.tidescope.store.query.StoredDocument;
import io.tidescope.store.query.StructureCount;
import io.tidescope.store.query.StructureFinding;
import io.tidescope.store.query.StructureHit;
import io.tidescope.store.query.SymbolHit;
import io.tidescope.store.query.SymbolRank;
import io.tidescope.tree.LineIndex;
import io.tidescope.tree.SyntaxTree;
import io.tidescope.tree.match.Match;
import io.tidescope.tree.match.Search;
import io.tidescope.tree.symbol.Definition;
import io.tidescope.tree.symbol.Occurrence;
import io.tidescope.tree.symbol.Symbols;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/** A document of an {@link InMemoryStore}, and what there is to find in it. */
record InMemoryDocument(StoredDocument document, Symbols symbols) {
    DocumentKey key() {
        return document.key();
    }

    byte[] source() {
        return document.source() == null ? new byte[0] : document.source();
    }

    Stream<SymbolHit> symbolHits(FindSymbols query) {
        LineIndex lines = LineIndex.of(source());
        return symbols.definitions().stream()
                .filter(
                        definition ->
                                query.kinds().isEmpty()
                                        || query.kinds().contains(definition.kind()))
                .flatMap(definition -> hit(query, definition, lines).stream());
    }

    private Optional<SymbolHit> hit(FindSymbols query, Definition definition, LineIndex lines) {
        OptionalInt score = query.match().score(definition.name());
        if (score.isEmpty()) {
            return Optional.empty();
        }
        SymbolRank rank =
                new SymbolRank(
                        score.getAsInt(),
                        definition.name(),
                        key().repository(),
                        key().ref(),
                        key().path(),
                        definition.nameStart());
        return Optional.of(
                new SymbolHit(
                        rank,
                        definition,
                        lines.line(definition.nameStart()),
                        lines.column(definition.nameStart()),
                        lines.line(definition.end())));
    }

    Stream<OccurrenceHit> occurrenceHits(FindOccurrences query) {
        LineIndex lines = LineIndex.of(source());
        return symbols.occurrences().stream()
                .filter(occurrence -> occurrence.name().equals(query.name()))
                .filter(
                        occurrence ->
                                query.roles().isEmpty()
                                        || query.roles().contains(occurrence.role()))
                .map(occurrence -> hit(occurrence, lines));
    }

    Stream<StructureFinding> findings(
            SearchStructure query, BiFunction<Search, SyntaxTree, List<Match>> finder) {
        List<StructureHit> hits =
                structureHits(query, finder).filter(hit -> isBehind(hit, query)).toList();
        return query.countOnly() && !hits.isEmpty()
                ? Stream.of(new StructureCount(key(), hits.size()))
                : hits.stream().map(hit -> hit);
    }

    private Stream<StructureHit> structureHits(
            SearchStructure query, BiFunction<Search, SyntaxTree, List<Match>> finder) {
        byte[] tree = document.tree();
        if (tree == null || tree.length == 0) {
            return Stream.of();
        }
        SyntaxTree read = SyntaxTree.read(ByteBuffer.wrap(tree), ByteBuffer.wrap(source()));
        return finder.apply(query.search(), read).stream()
                .map(match -> new StructureHit(key(), match, SourceLines.of(source())));
    }

    private OccurrenceHit hit(Occurrence occurrence, LineIndex lines) {
        int line = lines.line(occurrence.start());
        int start = lines.lineStart(line);
        String text =
                new String(source(), start, lines.lineEnd(line) - start, StandardCharsets.UTF_8)
                        .stripTrailing();
        return new OccurrenceHit(
                new OccurrencePlace(
                        key().repository(), key().ref(), key().path(), occurrence.start()),
                occurrence.role(),
                line,
                lines.column(occurrence.start()),
                text);
    }

    private static boolean isBehind(StructureHit hit, SearchStructure query) {
        return query.after() == null || hit.place().compareTo(query.after()) > 0;
    }
}
