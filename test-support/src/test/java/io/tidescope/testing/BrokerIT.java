package io.tidescope.testing;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

@Timeout(120)
class BrokerIT {
    @Test
    void committedTransactionsSurviveARestartAndTheNextOneWorks() throws Exception {
        try (TestBroker broker = TestBroker.start();
                Admin admin = Admin.create(broker.connection().clientProperties())) {
            admin.createTopics(List.of(new NewTopic("notes", 1, (short) 1))).all().get();
            write(broker, "before");
            broker.restart();
            write(broker, "after");
            assertThat(read(broker, 2)).containsExactly("before", "after");
        }
    }

    private static void write(TestBroker broker, String value) throws Exception {
        Map<String, Object> properties = broker.connection().clientProperties();
        properties.put("transactional.id", "writer");
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>("notes", value)).get();
            producer.commitTransaction();
        }
    }

    private static List<String> read(TestBroker broker, int count) {
        Map<String, Object> properties = broker.connection().clientProperties();
        properties.put("group.id", "readers");
        properties.put("auto.offset.reset", "earliest");
        properties.put("isolation.level", "read_committed");
        List<String> values = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(
                        properties, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of("notes"));
            while (values.size() < count) {
                for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofSeconds(1))) {
                    values.add(record.value());
                }
            }
        }
        return values;
    }
}
