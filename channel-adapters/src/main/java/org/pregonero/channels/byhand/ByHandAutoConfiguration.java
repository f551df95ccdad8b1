package org.pregonero.channels.byhand;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;

/** Brings in media done by hand when {@code pregonero.channels.by-hand.enabled} is {@code true}. */
@AutoConfiguration
@ConditionalOnProperty(name = "pregonero.channels.by-hand.enabled", havingValue = "true")
public class ByHandAutoConfiguration {

    @Bean
    ByHandAdapter byHandAdapter() {
        return new ByHandAdapter();
    }
}
