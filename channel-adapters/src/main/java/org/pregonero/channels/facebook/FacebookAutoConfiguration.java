package org.pregonero.channels.facebook;

import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Brings in the Facebook channel when any of the page's settings is there, so that a forgotten one is named. */
@AutoConfiguration
@Conditional(FacebookAutoConfiguration.AnyKeyIsSet.class)
public class FacebookAutoConfiguration {

    /** Settings are bound by hand, so that a misspelt one turns this channel off and not the whole application. */
    @Bean
    FacebookAdapter facebookAdapter(Environment environment, ObjectProvider<Clock> clock) {
        try {
            FacebookProperties settings = Binder.get(environment)
                    .bind(FacebookProperties.PREFIX, FacebookProperties.class)
                    .get();
            return new FacebookAdapter(settings, clock.getIfAvailable(Clock::systemUTC));
        } catch (BindException e) {
            return new FacebookAdapter(e.getName() + ": el valor no se puede leer");
        }
    }

    /** A compose file passes an unknown key on as an empty text, so being there is not enough. */
    static final class AnyKeyIsSet implements Condition {

        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return FacebookProperties.KEYS.stream()
                    .map(key -> context.getEnvironment().getProperty(FacebookProperties.PREFIX + "." + key))
                    .anyMatch(value -> value != null && !value.isBlank());
        }
    }
}
