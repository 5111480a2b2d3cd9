package io.tidescope.testing;

import com.github.javaparser.JavaParser;
import com.github.javaparser.ParserConfiguration;
import com.github.javaparser.ast.CompilationUnit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Says what the index must hold for a checkout, parsing every file from scratch with plain
 * JavaParser and sharing no code with the product.
 */
public final class Oracle {
    private static final long STACK_BYTES = 512L * 1024 * 1024;

    private Oracle() {}

    /** The documents of a checkout's Java files, by path. */
    public static SortedMap<String, ExpectedDocument> read(Map<String, byte[]> checkout) {
        FutureTask<SortedMap<String, ExpectedDocument>> task =
                new FutureTask<>(
                        () -> {
                            JavaParser parser = parser();
                            SortedMap<String, ExpectedDocument> documents = new TreeMap<>();
                            checkout.forEach(
                                    (path, content) -> {
                                        if (path.endsWith(".java")) {
                                            documents.put(path, document(parser, path, content));
                                        }
                                    });
                            return documents;
                        });
        // JavaParser recurses as deep as the source nests.
        Thread thread = new Thread(null, task, "oracle", STACK_BYTES);
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("The oracle failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The oracle was interrupted", e);
        }
    }

    /** The document of one file. */
    public static ExpectedDocument read(SourceFile file) {
        return read(Map.of(file.path(), file.content())).firstEntry().getValue();
    }

    private static ExpectedDocument document(JavaParser parser, String path, byte[] content) {
        SourceText source = new SourceText(content);
        NameWalk names = new NameWalk(source);
        Optional<CompilationUnit> unit = parser.parse(source.text()).getResult();
        unit.ifPresent(names::walk);
        return new ExpectedDocument(
                path,
                blob(content),
                content.length,
                source.lines(),
                names.definitions(),
                names.occurrences());
    }

    private static JavaParser parser() {
        return new JavaParser(
                new ParserConfiguration()
                        .setLanguageLevel(ParserConfiguration.LanguageLevel.BLEEDING_EDGE));
    }

    /** Git's object id of a blob. */
    private static String blob(byte[] content) {
        try {
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            sha1.update(("blob " + content.length + "\0").getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(sha1.digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
