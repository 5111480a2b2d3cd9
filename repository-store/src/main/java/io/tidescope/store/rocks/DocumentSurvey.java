package io.tidescope.store.rocks;

import io.tidescope.schemas.DocumentKey;
import io.tidescope.schemas.event.ParseProblem;
import io.tidescope.store.query.FindLargest;
import io.tidescope.store.query.FindTroubled;
import io.tidescope.store.query.LargeDocument;
import io.tidescope.store.query.Trouble;
import io.tidescope.store.query.TroubledDocument;
import io.tidescope.tree.LineIndex;

import org.rocksdb.RocksIterator;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** Goes over the entries of all documents in a scope, for what no index tells. */
final class DocumentSurvey {
    /** What the parser calls a source that is not in a charset it is sure of. */
    private static final String ENCODING = "encoding";

    private DocumentSurvey() {}

    static List<TroubledDocument> troubled(FindTroubled query, View view, DefaultRefs refs) {
        List<TroubledDocument> found = new ArrayList<>();
        try (RocksIterator iterator = view.scan(Family.DOCUMENTS)) {
            ScopedKeys inScope =
                    ScopedKeys.ofDocuments(iterator, query.scope(), refs, query.deadline());
            DocumentKey after = query.after();
            if (after != null) {
                inScope.seek(DocumentWalk.behind(after.toBytes()));
            }
            while (found.size() < query.limit() && inScope.next()) {
                DocumentEntry entry = DocumentEntry.read(inScope.value());
                List<ParseProblem> problems =
                        entry.problems().stream()
                                .filter(problem -> isOf(problem, query.trouble()))
                                .toList();
                if (!problems.isEmpty()) {
                    found.add(troubled(inScope.key(), entry, problems, view));
                }
            }
        }
        return found;
    }

    private static boolean isOf(ParseProblem problem, Trouble trouble) {
        boolean encoding = problem.getCode().equals(ENCODING);
        return switch (trouble) {
            case ENCODING -> encoding;
            case SYNTAX -> !encoding;
        };
    }

    private static TroubledDocument troubled(
            byte[] key, DocumentEntry entry, List<ParseProblem> problems, View view) {
        ParseProblem first = problems.getFirst();
        int line = 0;
        int column = 0;
        byte[] source = view.findOrEmpty(Family.SOURCES, key);
        // Shorter than its entry says when something is damaged, which is no reason to fail here.
        if (first.getStart() >= 0 && first.getStart() <= source.length) {
            LineIndex lines = LineIndex.of(source);
            line = lines.line(first.getStart());
            column = lines.column(first.getStart());
        }
        return new TroubledDocument(
                DocumentKey.read(key),
                entry.outcome(),
                entry.encoding(),
                problems.size(),
                first.getCode(),
                first.getMessage(),
                line,
                column);
    }

    static List<LargeDocument> largest(FindLargest query, View view, DefaultRefs refs) {
        Comparator<LargeDocument> order = LargeDocument.largestFirst(query.measure());
        PriorityQueue<LargeDocument> smallestFirst = new PriorityQueue<>(order.reversed());
        try (RocksIterator iterator = view.scan(Family.DOCUMENTS)) {
            ScopedKeys inScope =
                    ScopedKeys.ofDocuments(iterator, query.scope(), refs, query.deadline());
            while (inScope.next()) {
                DocumentEntry entry = DocumentEntry.read(inScope.value());
                smallestFirst.add(
                        new LargeDocument(
                                DocumentKey.read(inScope.key()),
                                entry.sourceBytes(),
                                entry.lines(),
                                entry.treeBytes()));
                if (smallestFirst.size() > query.limit()) {
                    smallestFirst.remove();
                }
            }
        }
        return smallestFirst.stream().sorted(order).toList();
    }
}
