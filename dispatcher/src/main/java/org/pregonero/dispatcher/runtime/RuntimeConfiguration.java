package org.pregonero.dispatcher.runtime;

import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

@Configuration(proxyBeanMethods = false)
class RuntimeConfiguration {

    @Bean
    DataDirectory dataDirectory(Environment environment) {
        return DataDirectory.of(environment);
    }

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    StartLine addressLine(Environment environment) {
        return new StartLine(
                100,
                () -> "Páginas: http://" + environment.getProperty("server.address", "127.0.0.1") + ":"
                        + environment.getProperty("local.server.port", "") + "/");
    }
}
