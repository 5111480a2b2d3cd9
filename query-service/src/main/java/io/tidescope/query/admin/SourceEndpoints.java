package io.tidescope.query.admin;

import io.tidescope.query.api.Endpoint;
import io.tidescope.query.request.Arguments;
import io.tidescope.query.request.Base64Bytes;
import io.tidescope.query.request.Parameter;
import io.tidescope.query.request.Text;
import io.tidescope.schemas.TideScopeException;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What would become of a source if it was pushed. */
final class SourceEndpoints {
    /** As much as a request can carry in Base64. */
    static final int MAX_SOURCE_BYTES = 3 << 20;

    private static final Parameter<String> SOURCE =
            Parameter.optional("source", new Text(MAX_SOURCE_BYTES));
    private static final Parameter<byte[]> CONTENT =
            Parameter.optional("content", new Base64Bytes(MAX_SOURCE_BYTES));
    private static final Parameter<byte[]> CHECKED =
            Parameter.required("content", new Base64Bytes(MAX_SOURCE_BYTES));

    private final TrialParser parser;

    SourceEndpoints(TrialParser parser) {
        this.parser = parser;
    }

    List<Endpoint> all() {
        return List.of(
                Endpoint.ofAdminBody("test-parse", List.of(SOURCE, CONTENT), this::parse),
                Endpoint.ofAdminBody("validate-encoding", List.of(CHECKED), this::validate));
    }

    private TrialAnswer parse(Arguments arguments) {
        byte[] content = content(arguments);
        long start = System.nanoTime();
        TrialParser.Trial trial = parser.parse(content);
        return TrialAnswer.of(trial, content.length, Duration.ofNanos(System.nanoTime() - start));
    }

    private static byte[] content(Arguments arguments) {
        Optional<String> source = arguments.find(SOURCE);
        Optional<byte[]> content = arguments.find(CONTENT);
        if (source.isPresent() == content.isPresent()) {
            throw TideScopeException.invalid(
                    SOURCE.name(), "Give either source or content, one of them.");
        }
        byte[] bytes =
                content.orElseGet(() -> source.orElseThrow().getBytes(StandardCharsets.UTF_8));
        if (bytes.length > MAX_SOURCE_BYTES) {
            throw TideScopeException.invalid(
                    SOURCE.name(),
                    "%s has %d bytes in UTF-8; at most %d are allowed."
                            .formatted(SOURCE.name(), bytes.length, MAX_SOURCE_BYTES));
        }
        return bytes;
    }

    private EncodingAnswer validate(Arguments arguments) {
        byte[] content = arguments.read(CHECKED);
        return EncodingAnswer.of(parser.encoding(content), content.length);
    }
}
