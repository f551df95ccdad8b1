package org.pregonero.dispatcher.delivery;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.pregonero.channels.Channel;
import org.pregonero.dispatcher.embedded.AmqpProperties;
import org.pregonero.dispatcher.embedded.QueueType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.amqp.core.AmqpAdmin;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.core.MessageBuilder;
import org.springframework.amqp.core.MessageDeliveryMode;
import org.springframework.amqp.core.MessageProperties;
import org.springframework.amqp.core.Queue;
import org.springframework.amqp.core.QueueBuilder;
import org.springframework.amqp.rabbit.core.RabbitOperations;
import org.springframework.amqp.support.converter.MessageConverter;
import org.springframework.stereotype.Component;

/**
 * Talks AMQP. A message on the wire is a consignment: some delivery ids of one channel as text, separated by commas, and
 * nothing else. One durable queue per channel.
 */
@Component
class Broker {

    private static final Logger log = LoggerFactory.getLogger(Broker.class);
    private static final String QUEUE_PREFIX = "pregonero.deliver.";
    private static final String UNREADABLE = "pregonero.unreadable";
    private static final long CONFIRM_TIMEOUT_MILLIS = 10_000;

    private final RabbitOperations rabbit;
    private final AmqpAdmin admin;
    private final EngineProperties properties;
    private final QueueType queueType;

    Broker(RabbitOperations rabbit, AmqpAdmin admin, EngineProperties properties, AmqpProperties amqp) {
        this.rabbit = rabbit;
        this.admin = admin;
        this.properties = properties;
        this.queueType = amqp.queueType();
    }

    /** The queue of a channel, as it is to be declared. */
    Queue queue(Channel channel) {
        return QueueBuilder.durable(QUEUE_PREFIX + channel.code())
                .withArguments(queueType.arguments())
                .build();
    }

    /**
     * Hands deliveries over and waits until the broker confirms all of them.
     *
     * @throws org.springframework.amqp.AmqpException when it does not; whether it has them is then unknown, and harmless
     */
    void publish(Consignment consignment) {
        var queue = QUEUE_PREFIX + consignment.channel().code();
        var deliveries = consignment.deliveries();
        rabbit.invoke(operations -> {
            for (var from = 0; from < deliveries.size(); from += properties.consignment()) {
                var to = Math.min(from + properties.consignment(), deliveries.size());
                operations.send("", queue, write(deliveries.subList(from, to)));
            }
            operations.waitForConfirmsOrDie(CONFIRM_TIMEOUT_MILLIS);
            return true;
        });
    }

    /** Whether the channel's queue is there and holds nothing that waits for a worker; declares it when it is gone. */
    boolean drained(Channel channel) {
        var queue = queue(channel);
        var info = admin.getQueueInfo(queue.getName());
        if (info == null) {
            admin.declareQueue(queue);
            return true;
        }
        return info.getMessageCount() == 0;
    }

    /** Whether a message can be read; what cannot is kept aside, where a person can look at it. */
    boolean readable(byte[] body) {
        try {
            read(body);
            return true;
        } catch (NumberFormatException e) {
            log.warn("A message that is not ours was in a delivery queue; it is kept in {}", UNREADABLE);
            admin.declareQueue(QueueBuilder.durable(UNREADABLE).build());
            rabbit.send("", UNREADABLE, MessageBuilder.withBody(body).build());
            return false;
        }
    }

    private static Message write(List<Long> deliveries) {
        var ids = deliveries.stream().map(String::valueOf).collect(Collectors.joining(","));
        return MessageBuilder.withBody(ids.getBytes(StandardCharsets.US_ASCII))
                .setContentType("text/plain")
                .setDeliveryMode(MessageDeliveryMode.PERSISTENT)
                .build();
    }

    /** Leaves a message's body alone, whatever its sender claims it to be. */
    static MessageConverter raw() {
        return new MessageConverter() {
            @Override
            public Message toMessage(Object body, MessageProperties properties) {
                return new Message((byte[]) body, properties);
            }

            @Override
            public Object fromMessage(Message message) {
                return message.getBody();
            }
        };
    }

    /**
     * Reads a consignment.
     *
     * @throws NumberFormatException when somebody else wrote it
     */
    static List<Long> read(byte[] body) {
        var ids = new ArrayList<Long>();
        for (var id : new String(body, StandardCharsets.US_ASCII).split(",", -1)) {
            ids.add(Long.parseLong(id));
        }
        return ids;
    }
}
