package io.tidescope.store.remote;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonSubTypes.Type;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;

import io.tidescope.store.query.CountDocuments;
import io.tidescope.store.query.FindDocument;
import io.tidescope.store.query.FindLargest;
import io.tidescope.store.query.FindOccurrences;
import io.tidescope.store.query.FindRevision;
import io.tidescope.store.query.FindSymbols;
import io.tidescope.store.query.FindTroubled;
import io.tidescope.store.query.InspectDocument;
import io.tidescope.store.query.InspectPartition;
import io.tidescope.store.query.ListDocuments;
import io.tidescope.store.query.ListRefs;
import io.tidescope.store.query.MaintainPartition;
import io.tidescope.store.query.NameMatch;
import io.tidescope.store.query.ReadStatistics;
import io.tidescope.store.query.RegexMatch;
import io.tidescope.store.query.SearchStructure;
import io.tidescope.tree.match.Rule;

/**
 * What the protocol adds to the records of queries and answers: the names by which cases of sealed
 * types go. A name never changes its meaning.
 */
final class WireTypes {
    private WireTypes() {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
    @JsonSubTypes({
        @Type(value = FindDocument.class, name = "document"),
        @Type(value = ListDocuments.class, name = "documents"),
        @Type(value = FindSymbols.class, name = "symbols"),
        @Type(value = FindOccurrences.class, name = "occurrences"),
        @Type(value = SearchStructure.class, name = "structure"),
        @Type(value = CountDocuments.class, name = "count"),
        @Type(value = FindRevision.class, name = "revision"),
        @Type(value = ListRefs.class, name = "refs"),
        @Type(value = ReadStatistics.class, name = "statistics"),
        @Type(value = FindTroubled.class, name = "troubled"),
        @Type(value = FindLargest.class, name = "largest"),
        @Type(value = InspectPartition.class, name = "inspect-partition"),
        @Type(value = InspectDocument.class, name = "inspect-document"),
        @Type(value = MaintainPartition.class, name = "maintain")
    })
    interface OfQuery {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
    @JsonSubTypes({
        @Type(value = NameMatch.Exact.class, name = "exact"),
        @Type(value = NameMatch.Prefix.class, name = "prefix"),
        @Type(value = NameMatch.Camel.class, name = "camel"),
        @Type(value = NameMatch.Substring.class, name = "substring"),
        @Type(value = NameMatch.Regex.class, name = "regex"),
        @Type(value = NameMatch.Fuzzy.class, name = "fuzzy")
    })
    interface OfNameMatch {}

    /** The constructor that takes the expression's text is not the one that reads it. */
    abstract static class OfRegex {
        @JsonCreator
        OfRegex(RegexMatch regex) {}

        @JsonIgnore
        OfRegex(String pattern) {}
    }

    @JsonSerialize(converter = WireHits.Packing.class)
    @JsonDeserialize(converter = WireHits.Unpacking.class)
    interface OfHits {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
    @JsonSubTypes({
        @Type(value = Rule.Matches.class, name = "matches"),
        @Type(value = Rule.OfKind.class, name = "kind"),
        @Type(value = Rule.Text.class, name = "text"),
        @Type(value = Rule.All.class, name = "all"),
        @Type(value = Rule.Any.class, name = "any"),
        @Type(value = Rule.Not.class, name = "not"),
        @Type(value = Rule.Related.class, name = "related"),
        @Type(value = Rule.Constrained.class, name = "constrained")
    })
    interface OfRule {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
    @JsonSubTypes({
        @Type(value = Rule.StopBy.Neighbour.class, name = "neighbour"),
        @Type(value = Rule.StopBy.End.class, name = "end"),
        @Type(value = Rule.StopBy.At.class, name = "at")
    })
    interface OfStopBy {}
}
