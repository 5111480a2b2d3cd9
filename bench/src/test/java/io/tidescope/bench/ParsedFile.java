package io.tidescope.bench;

import io.tidescope.parser.parse.JavaSourceParser;
import io.tidescope.parser.parse.ParseResult;
import io.tidescope.tree.SyntaxTree;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A file and its tree.
 *
 * @param complete whether the parser understood all of it
 */
record ParsedFile(String path, SyntaxTree tree, boolean complete) {
    static Map<String, ParsedFile> parse(SearchCorpus corpus) {
        JavaSourceParser parser = new JavaSourceParser();
        return corpus.files().entrySet().parallelStream()
                .map(file -> parse(file.getKey(), parser.parse(file.getValue())))
                .collect(Collectors.toMap(ParsedFile::path, Function.identity()));
    }

    private static ParsedFile parse(String path, ParseResult result) {
        return switch (result) {
            case ParseResult.Parsed parsed ->
                    new ParsedFile(path, parsed.tree(), parsed.problems().isEmpty());
            case ParseResult.Unparseable failed ->
                    throw new IllegalStateException(path + ": " + failed.message());
        };
    }
}
