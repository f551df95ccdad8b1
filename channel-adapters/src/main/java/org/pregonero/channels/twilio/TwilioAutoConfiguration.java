package org.pregonero.channels.twilio;

import java.time.Clock;
import java.util.Arrays;
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
 * Brings in WhatsApp and SMS, each when its sender is set; both, to say what is missing, when there is an account and no
 * sender.
 */
@AutoConfiguration
@Conditional(TwilioAutoConfiguration.AnythingIsSet.class)
public class TwilioAutoConfiguration {

    private static final String ACCOUNT_KEY = TwilioProperties.PREFIX + ".account-sid";
    private static final String TOKEN_KEY = TwilioProperties.PREFIX + ".auth-token";

    /** Settings are bound by hand, so that a misspelt one turns these channels off and not the whole application. */
    @Bean
    TwilioLine twilioLine(Environment environment, ObjectProvider<Clock> clock) {
        try {
            return new TwilioLine(settings(environment), clock.getIfAvailable(Clock::systemUTC));
        } catch (BindException e) {
            return new TwilioLine(e.getName() + ": el valor no se puede leer");
        }
    }

    @Bean
    @Conditional(WhatsAppIsWanted.class)
    WhatsAppAdapter whatsAppAdapter(TwilioLine line, Environment environment) {
        return new WhatsAppAdapter(line, Sender.whatsApp(environment.getProperty(Sender.WHATSAPP_KEY)));
    }

    @Bean
    @Conditional(SmsIsWanted.class)
    SmsAdapter smsAdapter(TwilioLine line, Environment environment) {
        return new SmsAdapter(line, Sender.sms(environment.getProperty(Sender.SMS_KEY)));
    }

    /** Without the token no callback could be believed. */
    @Bean
    @Conditional(TokenIsSet.class)
    TwilioCallbacks twilioCallbacks(Environment environment, ObjectProvider<Clock> clock) {
        return new TwilioCallbacks(
                environment.getRequiredProperty(TOKEN_KEY).strip(), clock.getIfAvailable(Clock::systemUTC));
    }

    private static TwilioProperties settings(Environment environment) {
        return Binder.get(environment).bindOrCreate(TwilioProperties.PREFIX, TwilioProperties.class);
    }

    /** A compose file passes what it does not know on as an empty text, so being there is not enough. */
    private static boolean anySet(ConditionContext context, String... keys) {
        return Arrays.stream(keys)
                .map(context.getEnvironment()::getProperty)
                .anyMatch(value -> value != null && !value.isBlank());
    }

    static final class AnythingIsSet implements Condition {

        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return anySet(context, ACCOUNT_KEY, TOKEN_KEY, Sender.WHATSAPP_KEY, Sender.SMS_KEY);
        }
    }

    static final class TokenIsSet implements Condition {

        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return anySet(context, TOKEN_KEY);
        }
    }

    static final class WhatsAppIsWanted implements Condition {

        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return anySet(context, Sender.WHATSAPP_KEY) || !anySet(context, Sender.SMS_KEY);
        }
    }

    static final class SmsIsWanted implements Condition {

        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return anySet(context, Sender.SMS_KEY) || !anySet(context, Sender.WHATSAPP_KEY);
        }
    }
}
