package io.tidescope.recovery.restore;

import io.tidescope.ingest.PublishListener;
import io.tidescope.parser.stream.ParserNode;
import io.tidescope.schemas.KafkaConnection;
import io.tidescope.schemas.Replication;
import io.tidescope.schemas.registry.EmbeddedRegistry;
import io.tidescope.schemas.registry.HttpSchemaRegistry;
import io.tidescope.testing.TestBroker;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/**
 * A machine with everything of a deployment on it but its archiver and the backups: broker,
 * registry, parser and a publisher that is told what to publish. Its disk is its directory.
 */
final class SiteChild {
    private SiteChild() {}

    static ChildJvm start(Path directory, String prefix) {
        return ChildJvm.start(directory, SiteChild.class, List.of(prefix));
    }

    /** What it tells first. */
    static Cluster cluster(ChildJvm site) {
        String[] told = site.awaitNews().split(" ");
        URI registry = URI.create(told[1]);
        return new Cluster(KafkaConnection.to(told[0]), new HttpSchemaRegistry(registry), registry);
    }

    /** Has it publish a repository; it tells when that is done. */
    static void publish(ChildJvm site, String name, Path git) {
        site.say(name + " " + git);
    }

    static void main(String[] arguments) throws Exception {
        PrintStream news = ChildJvm.news();
        TestBroker broker = TestBroker.start();
        EmbeddedRegistry registry =
                EmbeddedRegistry.start(
                        broker.connection(),
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        Replication.BROKERS_DEFAULT);
        TestDeployment deployment =
                new Cluster(broker.connection(), registry, registry.uri())
                        .deployment(arguments[0])
                        .withTopics();
        ParserNode _ = deployment.startParser();
        ChildJvm.tell(news, broker.connection().bootstrapServers() + " " + registry.uri());
        BufferedReader commands =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            String[] command = line.split(" ", 2);
            deployment.publish(
                    command[0],
                    Path.of(command[1]),
                    InstantSource.system(),
                    Pushes.SMALL_BATCHES,
                    PublishListener.NONE);
            ChildJvm.tell(news, "published " + command[0]);
        }
        Runtime.getRuntime().halt(1);
    }
}
