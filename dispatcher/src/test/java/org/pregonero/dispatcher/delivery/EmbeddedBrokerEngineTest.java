package org.pregonero.dispatcher.delivery;

import org.pregonero.dispatcher.testing.TestServers;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The engine with the broker that {@code bin/pregonero} starts inside the process. */
class EmbeddedBrokerEngineTest extends EngineTest {

    @DynamicPropertySource
    static void servers(DynamicPropertyRegistry registry) {
        TestServers.register(registry);
    }
}
