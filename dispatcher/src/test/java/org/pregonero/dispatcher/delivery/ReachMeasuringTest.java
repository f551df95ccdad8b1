package org.pregonero.dispatcher.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pregonero.channels.Addressing;
import org.pregonero.channels.Channel;
import org.pregonero.channels.ChannelAdapter;
import org.pregonero.channels.CheckResult;
import org.pregonero.channels.MeasuresReach;
import org.pregonero.channels.OutboundMessage;
import org.pregonero.channels.SendOutcome;
import org.pregonero.dispatcher.delivery.ReachMeasures.Measure;
import org.pregonero.dispatcher.tabular.TestDatabase;
import org.pregonero.templates.MessageContent;
import org.pregonero.templates.XContent;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

class ReachMeasuringTest {

    private static final Instant PUBLISHED = Instant.parse("2026-11-02T14:00:00Z");

    private final JdbcClient jdbc = TestDatabase.jdbc();
    private final Network network = new Network(ofItsOwn());
    private final SettableClock clock = new SettableClock();
    private final ReachMeasures measures = new ReachMeasures(jdbc, clock);
    private final ReachMeasuring measuring =
            new ReachMeasuring(new Adapters(List.of(new Silent(), network), defaults()), measures);
    private long delivery;

    /** Deliveries are never deleted, so those of other tests stay. */
    private static Channel ofItsOwn() {
        return new Channel(
                "NET_" + UUID.randomUUID().toString().toUpperCase(Locale.ROOT).replaceAll("[^A-F]", ""));
    }

    private static EngineProperties defaults() {
        return new Binder(new MapConfigurationPropertySource())
                .bindOrCreate("pregonero.delivery", EngineProperties.class);
    }

    @BeforeEach
    void publish() {
        delivery = delivery("post-1");
    }

    @Test
    void aYoungPostIsNotAskedAbout() {
        lookAfter(Duration.ofMinutes(59));

        assertThat(network.asked).isEmpty();
    }

    @Test
    void asksOnceAtEachAgeAndKeepsEveryAnswer() {
        for (var hours : List.of(1, 2, 3, 6, 7, 23, 24, 30, 72, 100, 168, 169, 672, 673, 800)) {
            network.figures = Map.of(MeasuresReach.Figure.IMPRESSIONS, (long) hours, MeasuresReach.Figure.LIKES, 1L);
            lookAfter(Duration.ofHours(hours));
        }

        assertThat(network.asked).hasSize(6).containsOnly("post-1");
        assertThat(measures.of(delivery))
                .filteredOn(measure -> measure.figure().equals("IMPRESSIONS"))
                .containsExactly(
                        new Measure("IMPRESSIONS", 1, PUBLISHED.plus(Duration.ofHours(1))),
                        new Measure("IMPRESSIONS", 6, PUBLISHED.plus(Duration.ofHours(6))),
                        new Measure("IMPRESSIONS", 24, PUBLISHED.plus(Duration.ofDays(1))),
                        new Measure("IMPRESSIONS", 72, PUBLISHED.plus(Duration.ofDays(3))),
                        new Measure("IMPRESSIONS", 168, PUBLISHED.plus(Duration.ofDays(7))),
                        new Measure("IMPRESSIONS", 672, PUBLISHED.plus(Duration.ofDays(28))));
    }

    @Test
    void afterAnOutageOnlyThePresentAgeIsMeasured() {
        lookAfter(Duration.ofDays(8));

        assertThat(network.asked).hasSize(1);
    }

    @Test
    void aNetworkThatDoesNotAnswerIsAskedThreeTimesAnHourApart() {
        network.figures = Map.of();
        for (var minutes = 60; minutes < 6 * 60; minutes += 10) {
            lookAfter(Duration.ofMinutes(minutes));
        }
        assertThat(network.asked).hasSize(3);
        assertThat(measures.of(delivery)).isEmpty();

        network.figures = Map.of(MeasuresReach.Figure.LIKES, 4L);
        lookAfter(Duration.ofHours(6));
        assertThat(measures.of(delivery)).hasSize(1);
    }

    @Test
    void anAdapterThatFailsForOnePostStillMeasuresTheOthers() {
        network.broken = "post-1";
        var other = delivery("post-2");

        lookAfter(Duration.ofHours(1));

        assertThat(measures.of(delivery)).isEmpty();
        assertThat(measures.of(other)).isNotEmpty();
    }

    @Test
    void whatWasMeasuredIsNeverChanged() {
        lookAfter(Duration.ofHours(1));

        assertThatThrownBy(() -> jdbc.sql("update reach_measure set value = 9").update())
                .isInstanceOf(DataAccessException.class);
        assertThatThrownBy(() -> jdbc.sql("delete from reach_question").update())
                .isInstanceOf(DataAccessException.class);
    }

    private void lookAfter(Duration age) {
        clock.now = PUBLISHED.plus(age);
        measuring.measure();
    }

    private long delivery(String providerId) {
        var id = jdbc.sql("""
                        with author as (
                            insert into account (username, display_name, password_hash, roles)
                            values (gen_random_uuid()::text, 'Prueba', 'x', '{}') returning id
                        ),
                        message as (insert into message (created_at) values (:at) returning id),
                        version as (
                            insert into message_version (message_id, number, title, purpose, audience_ids, channels,
                                                         author_id, created_at)
                            select message.id, 1, 'Prueba', 'RENDICION', '{}', '{}', author.id, :at
                            from message, author returning id, author_id
                        ),
                        occurrence as (
                            insert into occurrence (version_id, due_at, state, created_by, created_at)
                            select id, :at, 'FINISHED', author_id, :at from version returning id
                        )
                        insert into delivery (occurrence_id, channel, outlet, state, not_before, changed_at)
                        select id, :channel, 'Cuenta', 'PENDING', :at, :at from occurrence returning id
                        """)
                .param("at", PUBLISHED.atOffset(ZoneOffset.UTC))
                .param("channel", network.channel.code())
                .query(Long.class)
                .single();
        for (var state : List.of("QUEUED", "SENDING", "DELIVERED")) {
            jdbc.sql(
                            "update delivery set state = :state, claimed_by = gen_random_uuid(), provider_id = :provider where id = :id")
                    .param("state", state)
                    .param("provider", providerId)
                    .param("id", id)
                    .update();
        }
        return id;
    }

    /** A network that counts. */
    private static final class Network implements ChannelAdapter, MeasuresReach {

        private final Channel channel;
        private final List<String> asked = new ArrayList<>();
        private Map<Figure, Long> figures = Map.of(Figure.LIKES, 1L);
        private String broken = "";

        Network(Channel channel) {
            this.channel = channel;
        }

        @Override
        public Optional<Reach> measure(String providerId) {
            asked.add(providerId);
            if (providerId.equals(broken)) {
                throw new IllegalStateException("on purpose");
            }
            return figures.isEmpty() ? Optional.empty() : Optional.of(new Reach(figures));
        }

        @Override
        public Channel channel() {
            return channel;
        }

        @Override
        public Addressing addressing() {
            return Addressing.OUTLET;
        }

        @Override
        public Class<? extends MessageContent> contentType() {
            return XContent.class;
        }

        @Override
        public SendOutcome send(OutboundMessage message) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CheckResult check() {
            return new CheckResult.Ok();
        }
    }

    /** A channel that counts nothing. */
    private static final class Silent implements ChannelAdapter {

        @Override
        public Channel channel() {
            return new Channel("SILENT");
        }

        @Override
        public Addressing addressing() {
            return Addressing.OUTLET;
        }

        @Override
        public Class<? extends MessageContent> contentType() {
            return XContent.class;
        }

        @Override
        public SendOutcome send(OutboundMessage message) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CheckResult check() {
            return new CheckResult.Ok();
        }
    }

    private static final class SettableClock extends Clock {

        private Instant now = PUBLISHED;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
