package org.pregonero.channels.email;

import java.time.Clock;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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

/**
 * Brings in the e-mail channel, and internal notices with it, when its host is set, or something that is of no use without
 * it: then the channel says that the host is missing.
 */
@AutoConfiguration
@Conditional(EmailAutoConfiguration.AnythingIsSet.class)
public class EmailAutoConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger(EmailAutoConfiguration.class);

    /** Settings are bound by hand, so that a misspelt one turns this channel off and not the whole application. */
    @Bean
    EmailAdapter emailAdapter(Environment environment, ObjectProvider<Clock> clock) {
        try {
            EmailProperties settings = Binder.get(environment)
                    .bind(EmailProperties.PREFIX, EmailProperties.class)
                    .get();
            return new EmailAdapter(settings, clock.getIfAvailable(Clock::systemUTC));
        } catch (BindException e) {
            return new EmailAdapter(e.getName() + ": el valor no se puede leer");
        }
    }

    @Bean
    @Conditional(BouncesAreRead.class)
    BounceMailbox bounceMailbox(Environment environment, ObjectProvider<Clock> clock) {
        EmailProperties.Bounces settings;
        try {
            settings = Binder.get(environment)
                    .bind(EmailProperties.PREFIX + ".bounces", EmailProperties.Bounces.class)
                    .get();
        } catch (BindException e) {
            LOG.error("{}: el valor no se puede leer; los rebotes no se leen", e.getName());
            settings = EmailProperties.Bounces.unreadable();
        }
        settings.problems().forEach(problem -> LOG.error("Bounces are not read until this is corrected: {}", problem));
        return new BounceMailbox(settings, clock.getIfAvailable(Clock::systemUTC));
    }

    @Bean
    NoticeAdapter noticeAdapter(EmailAdapter email) {
        return new NoticeAdapter(email);
    }

    /** A compose file passes an unknown host on as an empty text, so being there is not enough. */
    static final class AnythingIsSet implements Condition {

        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return Stream.of(".host", ".username", ".password", ".bounces.host").anyMatch(key -> isSet(context, key));
        }
    }

    static final class BouncesAreRead implements Condition {

        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return isSet(context, ".bounces.host");
        }
    }

    private static boolean isSet(ConditionContext context, String key) {
        String value = context.getEnvironment().getProperty(EmailProperties.PREFIX + key);
        return value != null && !value.isBlank();
    }
}
