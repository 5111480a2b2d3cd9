package io.tidescope.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidescope.bench.AstGrep.Found;
import io.tidescope.bench.AstGrep.Place;
import io.tidescope.parser.parse.pattern.JavaPatternReader;
import io.tidescope.tree.match.Match;
import io.tidescope.tree.match.Pattern;
import io.tidescope.tree.match.Rule;
import io.tidescope.tree.match.Search;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whether patterns mean to TideScope what they mean to ast-grep.
 *
 * <p>Method: each of {@link SearchPatterns} is searched for in all files of {@link SearchCorpus} by
 * the {@code ast-grep} program and, in this process, by {@link Search} in trees parsed from the
 * same files. Both answers are compared by file and byte offsets. Where only one finds something, a
 * {@link Difference} must say why, from what stands there. {@code -Dbench.search.lines=} takes
 * fewer lines, {@code -Dbench.search.pattern=} the patterns that contain something.
 */
class AstGrepEqualityBench {
    private static final int SHOWN = 50;

    @TempDir Path directory;

    @Test
    void patternsMeanTheSame() throws Exception {
        Report report = new Report("patterns against ast-grep");
        AstGrep peer = AstGrep.install();
        SearchCorpus corpus = SearchCorpus.read();
        corpus.write(directory);
        Map<String, ParsedFile> files = ParsedFile.parse(corpus);
        List<String> patterns = SearchPatterns.read();
        report.line(
                "%,d lines in %,d files, %d patterns, ast-grep %s",
                corpus.lines(), corpus.files().size(), patterns.size(), AstGrep.VERSION);
        int same = 0;
        var unexplained = new ArrayList<OddPlace>();
        for (String each : patterns) {
            Pattern pattern = new JavaPatternReader().read(each);
            AstGrep.Answer answer = peer.run(each, directory);
            boolean refused = answer.complaint().contains("attern");
            var view = new PeerView(peer, directory, each, refused);
            Map<Place, Found> theirs = byPlace(answer.matches().stream());
            Map<Place, Found> ours = byPlace(search(pattern, files));
            var reasons = new EnumMap<Difference, Integer>(Difference.class);
            Stream.concat(
                            only(ours, theirs).map(found -> odd(pattern, files, found, true, view)),
                            only(theirs, ours)
                                    .map(found -> odd(pattern, files, found, false, view)))
                    .forEach(
                            odd ->
                                    Difference.of(odd)
                                            .ifPresentOrElse(
                                                    reason ->
                                                            reasons.merge(reason, 1, Integer::sum),
                                                    () -> unexplained.add(odd)));
            same += theirs.keySet().equals(ours.keySet()) ? 1 : 0;
            report.line(
                    "`%s`: %,d and %,d of ast-grep in %,d ms%s",
                    each,
                    ours.size(),
                    theirs.size(),
                    answer.nanos() / 1_000_000,
                    reasons.isEmpty() ? "" : ", " + reasons);
        }
        report.line("the same places for %d of %d patterns", same, patterns.size());
        assertThat(unexplained.stream().limit(SHOWN).map(OddPlace::toString))
                .as("%d differences that nothing explains", unexplained.size())
                .isEmpty();
    }

    private static Stream<Found> search(Pattern pattern, Map<String, ParsedFile> files) {
        Search search = Search.of(new Rule.Matches(pattern));
        return files.values().parallelStream()
                .flatMap(
                        file ->
                                search.find(file.tree(), () -> {}).stream()
                                        .map(match -> found(file, match)));
    }

    private static Found found(ParsedFile file, Match match) {
        var captured = new HashMap<String, Place>();
        match.captures()
                .forEach(
                        (name, hole) ->
                                captured.put(
                                        name, new Place(file.path(), hole.start(), hole.end())));
        return new Found(new Place(file.path(), match.start(), match.end()), captured);
    }

    private static Map<Place, Found> byPlace(Stream<Found> found) {
        return found.collect(
                Collectors.toMap(Found::place, Function.identity(), (first, same) -> first));
    }

    private static Stream<Found> only(Map<Place, Found> those, Map<Place, Found> others) {
        return those.values().stream().filter(found -> !others.containsKey(found.place()));
    }

    private static OddPlace odd(
            Pattern pattern,
            Map<String, ParsedFile> files,
            Found found,
            boolean ours,
            PeerView peer) {
        ParsedFile file = files.get(found.place().path());
        if (file == null) {
            throw new IllegalStateException(found.place() + " is in no file that was searched");
        }
        return OddPlace.of(pattern, file, found, ours, peer);
    }
}
