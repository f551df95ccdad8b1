package org.pregonero.dispatcher.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.MessageProperties;
import com.rabbitmq.client.PossibleAuthenticationFailureException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.pregonero.dispatcher.testing.TestServers;

class AmqpBrokerTest {

    @Test
    void confirmsWhatItTookAndHandsItOut() throws Exception {
        try (var connection = factory("/").newConnection();
                var channel = connection.createChannel()) {
            String queue = "q-" + UUID.randomUUID();
            channel.queueDeclare(queue, true, false, false, QueueType.CLASSIC.arguments());
            channel.confirmSelect();

            channel.basicPublish("", queue, MessageProperties.PERSISTENT_BASIC, bytes("17"));
            channel.waitForConfirmsOrDie(5_000);

            assertThat(channel.basicGet(queue, true).getBody()).isEqualTo(bytes("17"));
            channel.queueDelete(queue);
        }
    }

    @Test
    void keepsVirtualHostsApart() throws Exception {
        String name = "v" + UUID.randomUUID();
        TestServers.broker().createVirtualHost(name);
        try (var here = factory(name).newConnection();
                var there = factory("/").newConnection()) {
            here.createChannel().queueDeclare("only-here", true, false, false, null);

            assertThatThrownBy(() -> there.createChannel().queueDeclarePassive("only-here"))
                    .hasRootCauseMessage(
                            "channel error; protocol method: #method<channel.close>(reply-code=404, "
                                    + "reply-text=Queue: 'only-here' not found on VirtualHost 'pregonero'., class-id=50, method-id=10)");
        }
    }

    @Test
    void refusesAWrongPassword() {
        ConnectionFactory factory = factory("/");
        factory.setPassword("guess");

        assertThatThrownBy(factory::newConnection).isInstanceOf(PossibleAuthenticationFailureException.class);
    }

    private static ConnectionFactory factory(String virtualHost) {
        AmqpBroker broker = TestServers.broker();
        ConnectionFactory factory = new ConnectionFactory();
        factory.setHost("127.0.0.1");
        factory.setPort(broker.port());
        factory.setUsername(broker.user());
        factory.setPassword(broker.password());
        factory.setVirtualHost(virtualHost);
        return factory;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
