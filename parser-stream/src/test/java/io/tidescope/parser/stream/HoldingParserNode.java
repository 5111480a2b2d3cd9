package io.tidescope.parser.stream;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidescope.parser.parse.JavaSourceParser;
import io.tidescope.schemas.KafkaConnection;
import io.tidescope.schemas.registry.HttpSchemaRegistry;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;

/** A process that parses until it meets a file with {@link #HOLD} in it, and stays there. */
final class HoldingParserNode {
    static final String HOLD = "stay here";

    private HoldingParserNode() {}

    /**
     * @param arguments bootstrap servers, URI of the registry
     */
    public static void main(String[] arguments) throws InterruptedException {
        JavaSourceParser parser = new JavaSourceParser();
        CountDownLatch never = new CountDownLatch(1);
        ParserNode node =
                new ParserNode(
                        KafkaConnection.to(arguments[0]),
                        StreamFixture.settings(),
                        new HttpSchemaRegistry(URI.create(arguments[1])),
                        (content, cancellation) -> {
                            if (new String(content, StandardCharsets.UTF_8).contains(HOLD)) {
                                awaitKill(never);
                            }
                            return parser.parse(content, cancellation);
                        },
                        new SimpleMeterRegistry());
        node.start();
        never.await();
    }

    private static void awaitKill(CountDownLatch never) {
        try {
            never.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException("the deadline came before the kill", e);
        }
    }
}
