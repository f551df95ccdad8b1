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
}
