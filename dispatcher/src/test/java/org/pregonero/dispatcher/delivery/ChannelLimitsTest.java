package org.pregonero.dispatcher.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.pregonero.channels.Channel;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class ChannelLimitsTest {

    @Test
    void anEnvironmentVariableSetsALimitAndLeavesTheOthersOfTheFile() {
        var limits = bind(Map.of("PREGONERO_DELIVERY_CHANNELS_EMAIL_PERSECOND", "2.5"))
                .limits(new Channel("EMAIL"));

        assertThat(limits.perSecond()).isEqualTo(2.5);
        assertThat(limits.concurrency()).isEqualTo(7);
        assertThat(limits.inDoubt()).isEqualTo(EngineProperties.InDoubt.ASK);
    }

    @Test
    void noMoreIsHandedToTheBrokerThanTheRateSendsInFiveSeconds() {
        assertThat(bind(Map.of("PREGONERO_DELIVERY_CHANNELS_EMAIL_PERSECOND", "0.5"))
                        .limits(new Channel("EMAIL"))
                        .window())
                .isEqualTo(3);
        assertThat(bind(Map.of()).limits(new Channel("EMAIL")).window()).isEqualTo(2000);
    }

    @Test
    void aLimitForAChannelThatThereIsNotKeepsNothingFromStarting() {
        var adapters = new Adapters(List.of(), bind(Map.of("PREGONERO_DELIVERY_CHANNELS_EMIAL_PERSECOND", "2.5")));

        assertThat(adapters.all()).isEmpty();
    }

    /** Under a configuration file like the shipped one. */
    private static EngineProperties bind(Map<String, Object> variables) {
        var environment = new StandardEnvironment();
        var sources = environment.getPropertySources();
        sources.addFirst(new MapPropertySource("file", Map.of("pregonero.delivery.channels.EMAIL.concurrency", "7")));
        sources.addFirst(new SystemEnvironmentPropertySource("systemEnvironment", variables));
        ConfigurationPropertySources.attach(environment);
        return Binder.get(environment).bindOrCreate("pregonero.delivery", EngineProperties.class);
    }
}
