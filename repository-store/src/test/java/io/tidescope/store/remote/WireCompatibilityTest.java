package io.tidescope.store.remote;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;

import io.tidescope.store.query.StoreQuery;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Messages as the first version of the protocol that had them wrote them, byte for byte. {@code
 * -Dgolden=rewrite} writes what there is now, which is only ever right for messages that are new;
 * what a node of the version before sends has to be read as long as both may run.
 */
class WireCompatibilityTest {
    private static final Path SAMPLES = Path.of("src/test/resources/golden/wire-1.txt");

    /** Messages that are no frames. */
    private static final Set<String> HANDSHAKES = Set.of("hello", "welcome", "refused");

    private static final ObjectMapper CBOR = new CBORMapper();

    /** Length and kind. */
    private static final int FRAME_HEADER = 5;

    @Test
    void messagesAreWrittenAsTheyWere() throws IOException {
        Map<String, byte[]> now = WireSamples.all();
        if ("rewrite".equals(System.getProperty("golden"))) {
            Files.writeString(
                    SAMPLES,
                    now.entrySet().stream()
                            .map(it -> it.getKey() + " " + hex(it.getValue()) + "\n")
                            .collect(Collectors.joining()));
        }
        Map<String, byte[]> golden = golden();
        assertThat(now).hasSameSizeAs(golden);
        for (Map.Entry<String, byte[]> sample : golden.entrySet()) {
            assertSame(sample.getKey(), now.getOrDefault(sample.getKey(), new byte[0]), sample);
        }
    }

    /** Every one is read, and what is read is written as it was. */
    @Test
    void messagesAreReadAsTheyWere() throws IOException {
        Map<String, byte[]> golden = golden();
        Map<String, StoreQuery<?>> queries = new HashMap<>();
        for (Map.Entry<String, byte[]> sample : golden.entrySet()) {
            String name = sample.getKey();
            ByteArrayInputStream in = new ByteArrayInputStream(sample.getValue());
            switch (name) {
                case "hello" ->
                        assertThat(HelloFormat.read(in))
                                .isEqualTo(
                                        new HelloFormat.Hello(
                                                new HelloFormat.Versions(1, 1), "cluster"));
                case "welcome" -> assertThat(HelloFormat.readWelcome(in)).isEqualTo(1);
                case "refused" -> {}
                default -> {
                    Frame frame =
                            Objects.requireNonNull(
                                    new FrameReader(in, 1 << 20).read(() -> {}), name);
                    FrameBuffer again = new FrameBuffer(1 << 20);
                    again.begin(frame.kind());
                    rewrite(name, frame, queries, again);
                    ByteArrayOutputStream out = new ByteArrayOutputStream();
                    again.sendTo(out);
                    assertSame(name, out.toByteArray(), sample);
                }
            }
        }
    }

    private static void rewrite(
            String name, Frame frame, Map<String, StoreQuery<?>> queries, FrameBuffer again) {
        Wire wire = WireSamples.WIRE;
        switch (frame.kind()) {
            case ASK, ASK_RESTRICTED -> {
                Request request = wire.readRequest(frame.payload());
                queries.put(query(name), request.query());
                wire.write(request, again);
            }
            case STATUS, INSPECT -> {}
            case NODE_STATUS -> wire.write(wire.readStatus(frame.payload()), again);
            case NODE_INSPECTION -> wire.write(wire.readInspection(frame.payload()), again);
            case FAILURE -> wire.write(wire.readFailure(frame.payload()), again);
            case REPLIES -> {
                StoreQuery<?> query =
                        Objects.requireNonNull(
                                queries.get(query(name)), "the query before " + name);
                replies(query, frame, again);
            }
        }
    }

    private static <R> void replies(StoreQuery<R> query, Frame frame, FrameBuffer again) {
        WireSamples.WIRE.write(query, WireSamples.WIRE.readReplies(query, frame.payload()), again);
    }

    /** The kind of query that a sample is about. */
    private static String query(String name) {
        return name.split("-", 3)[1];
    }

    /** A component that a newer version added is passed over. */
    @Test
    void whatANewerVersionAddsIsIgnored() {
        byte[] known = payload(WireSamples.WIRE, new Failure("INTERNAL", "defect", null));
        // {"code": ..., "message": ..., "added": [1]} with the map's length left open, as written.
        byte[] added = HexFormat.of().parseHex("6561646465648101ff");
        byte[] newer = new byte[known.length - 1 + added.length];
        System.arraycopy(known, 0, newer, 0, known.length - 1);
        System.arraycopy(added, 0, newer, known.length - 1, added.length);

        assertThat(known[0]).isEqualTo((byte) 0xBF);
        assertThat(WireSamples.WIRE.readFailure(newer))
                .isEqualTo(new Failure("INTERNAL", "defect", null));
    }

    private static byte[] payload(Wire wire, Failure failure) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        wire.write(failure, out);
        return out.toByteArray();
    }

    private static Map<String, byte[]> golden() throws IOException {
        Map<String, byte[]> golden = new LinkedHashMap<>();
        for (String line : Files.readAllLines(SAMPLES, StandardCharsets.UTF_8)) {
            String[] parts = line.split(" ");
            golden.put(parts[0], HexFormat.of().parseHex(parts[1]));
        }
        return golden;
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    /** But for the order of maps, which is another in every process. */
    private static void assertSame(String name, byte[] message, Map.Entry<String, byte[]> sample)
            throws IOException {
        byte[] golden = sample.getValue();
        if (HANDSHAKES.contains(name)) {
            assertThat(hex(message)).as(name).isEqualTo(hex(golden));
            return;
        }
        assertThat(message).as(name).hasSameSizeAs(golden);
        assertThat(hex(Arrays.copyOf(message, FRAME_HEADER)))
                .as(name)
                .isEqualTo(hex(Arrays.copyOf(golden, FRAME_HEADER)));
        assertThat(content(message)).as(name).isEqualTo(content(golden));
    }

    private static JsonNode content(byte[] frame) throws IOException {
        JsonNode content = CBOR.readTree(frame, FRAME_HEADER, frame.length - FRAME_HEADER);
        // A search is a message in the message.
        if (content.path("query") instanceof ObjectNode query && query.path("search").isBinary()) {
            query.set("search", CBOR.readTree(query.path("search").binaryValue()));
        }
        return content;
    }
}
