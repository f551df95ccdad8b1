package org.pregonero.channels.web;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Brings in the web channel when {@code pregonero.channels.web.base-url} is set. */
@AutoConfiguration
@Conditional(WebAutoConfiguration.AddressIsSet.class)
public class WebAutoConfiguration {

    private static final String BASE_URL = WebProperties.PREFIX + ".base-url";

    @Bean
    WebAdapter webAdapter(Environment environment) {
        return new WebAdapter(new WebProperties(environment.getRequiredProperty(BASE_URL)));
    }

    /** An empty text counts as not set. */
    static final class AddressIsSet implements Condition {

        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            String url = context.getEnvironment().getProperty(BASE_URL);
            return url != null && !url.isBlank();
        }
    }
}
