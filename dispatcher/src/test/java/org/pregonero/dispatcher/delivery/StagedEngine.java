package org.pregonero.dispatcher.delivery;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.pregonero.dispatcher.testing.TestServers;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/** A running engine with two more channels, which do as they are told; one of them has a limit a day. */
@Import(StagedEngine.Channels.class)
@TestPropertySource(
        properties = {
            "spring.datasource.hikari.connection-timeout=2000",
            "pregonero.delivery.channels.STAGED.concurrency=" + StagedEngine.CONCURRENCY,
            "pregonero.delivery.channels.METERED.concurrency=" + StagedEngine.CONCURRENCY,
            "pregonero.delivery.channels.METERED.per-day=" + StagedEngine.PER_DAY
        })
abstract class StagedEngine extends RunningEngine {

    static final int CONCURRENCY = 4;
    static final int PER_DAY = 50;

    @Autowired
    StagedChannel staged;

    @Autowired
    StagedChannel metered;

    @TestConfiguration(proxyBeanMethods = false)
    static class Channels {

        @Bean
        StagedChannel staged() {
            return new StagedChannel("STAGED");
        }

        @Bean
        StagedChannel metered() {
            return new StagedChannel("METERED");
        }
    }

    @DynamicPropertySource
    static void servers(DynamicPropertyRegistry registry) {
        TestServers.register(registry);
    }

    @BeforeEach
    @AfterEach
    void doAsUsual() {
        staged.forget();
        metered.forget();
    }

    /** An audience whose people may be written to on the channel. */
    String audience(StagedChannel channel, String name, int people) {
        var audience = audience(name, people);
        jdbc.sql("""
                        insert into consent (contact_id, channel, purpose, decision, means, decided_at, evidence)
                        select contact_id, :channel, 'rendicion-de-cuentas', 'GRANTED', 'prueba', now(), 'prueba'
                        from audience_member where audience_id = :audience
                        """)
                .param("channel", channel.channel().code())
                .param("audience", audienceId(audience))
                .update();
        return audience;
    }

    long start(StagedChannel channel, String audience) {
        return start(channel.channel(), List.of(audience), null);
    }
}
