package org.pregonero.dispatcher.embedded;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.StringUtils;

/**
 * The broker. Users and passwords go straight into Spring's own settings and are not repeated here.
 *
 * @param addresses {@code pregonero.amqp.addresses}: an external RabbitMQ, {@code amqp(s)://host:port}, several
 *     separated by commas; the embedded broker when absent
 * @param queueType {@code pregonero.amqp.queue-type}: {@code classic} with the embedded broker, else {@code quorum},
 *     unless set
 */
@ConfigurationProperties("pregonero.amqp")
public record AmqpProperties(@Nullable String addresses, QueueType queueType) {

    public AmqpProperties(@Nullable String addresses, @Nullable QueueType queueType) {
        this.addresses = addresses;
        this.queueType =
                queueType != null ? queueType : StringUtils.hasText(addresses) ? QueueType.QUORUM : QueueType.CLASSIC;
    }
}
