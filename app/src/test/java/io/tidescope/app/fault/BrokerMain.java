package io.tidescope.app.fault;

import io.tidescope.app.child.ParentPipe;

import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;

import org.apache.kafka.common.utils.Time;

import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/** A Kafka broker as a process, run with a file of its properties. */
final class BrokerMain {
    private BrokerMain() {}

    /**
     * @param arguments the file
     */
    public static void main(String[] arguments) throws Exception {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(Path.of(arguments[0]))) {
            properties.load(reader);
        }
        new KafkaRaftServer(new KafkaConfig(properties, false), Time.SYSTEM).startup();
        // It never outlives the test.
        ParentPipe.awaitEnd(System.in);
        Runtime.getRuntime().halt(0);
    }
}
