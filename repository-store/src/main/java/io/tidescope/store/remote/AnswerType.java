package io.tidescope.store.remote;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.type.TypeFactory;

import io.tidescope.schemas.event.RevisionMarker;
import io.tidescope.store.query.CountDocuments;
import io.tidescope.store.query.DocumentInspection;
import io.tidescope.store.query.DocumentSummary;
import io.tidescope.store.query.FindDocument;
import io.tidescope.store.query.FindLargest;
import io.tidescope.store.query.FindOccurrences;
import io.tidescope.store.query.FindRevision;
import io.tidescope.store.query.FindSymbols;
import io.tidescope.store.query.FindTroubled;
import io.tidescope.store.query.InspectDocument;
import io.tidescope.store.query.InspectPartition;
import io.tidescope.store.query.LargeDocument;
import io.tidescope.store.query.ListDocuments;
import io.tidescope.store.query.ListRefs;
import io.tidescope.store.query.MaintainPartition;
import io.tidescope.store.query.Maintenance;
import io.tidescope.store.query.OccurrenceHit;
import io.tidescope.store.query.PartitionInspection;
import io.tidescope.store.query.PartitionStatistics;
import io.tidescope.store.query.ReachedRef;
import io.tidescope.store.query.ReadStatistics;
import io.tidescope.store.query.SearchStructure;
import io.tidescope.store.query.StoreQuery;
import io.tidescope.store.query.StoredDocument;
import io.tidescope.store.query.StructureHits;
import io.tidescope.store.query.SymbolHit;
import io.tidescope.store.query.TroubledDocument;

import java.util.List;

/** Says what the answer to each query is on the wire. */
final class AnswerType {
    private AnswerType() {}

    static JavaType of(StoreQuery<?> query, TypeFactory types) {
        return switch (query) {
            case FindDocument find -> types.constructType(StoredDocument.class);
            case ListDocuments list -> list(DocumentSummary.class, types);
            case FindSymbols find -> list(SymbolHit.class, types);
            case FindOccurrences find -> list(OccurrenceHit.class, types);
            case SearchStructure search -> types.constructType(StructureHits.class);
            case CountDocuments count -> types.constructType(Long.class);
            case FindRevision find -> list(ReachedRef.class, types);
            case ListRefs list -> list(RevisionMarker.class, types);
            case ReadStatistics read -> types.constructType(PartitionStatistics.class);
            case FindTroubled find -> list(TroubledDocument.class, types);
            case FindLargest find -> list(LargeDocument.class, types);
            case InspectPartition inspect -> types.constructType(PartitionInspection.class);
            case InspectDocument inspect -> list(DocumentInspection.class, types);
            case MaintainPartition maintain -> types.constructType(Maintenance.class);
        };
    }

    private static JavaType list(Class<?> element, TypeFactory types) {
        return types.constructCollectionType(List.class, element);
    }
}
