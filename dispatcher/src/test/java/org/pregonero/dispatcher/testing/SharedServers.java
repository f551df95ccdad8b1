package org.pregonero.dispatcher.testing;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.MapPropertySource;
import org.springframework.test.context.DynamicPropertyRegistry;

/** Gives an application that several test classes share its database and broker, before the sandbox asks where to live. */
@Order(Ordered.HIGHEST_PRECEDENCE)
public class SharedServers implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        Map<String, Object> settings = new HashMap<>();
        TestServers.register(new DynamicPropertyRegistry() {
            @Override
            public void add(String name, Supplier<Object> value) {
                settings.put(name, value.get());
            }
        });
        context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("test servers", settings));
    }
}
