package org.pregonero.dispatcher.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.pregonero.channels.Channel;
import org.pregonero.dispatcher.account.Actor;
import org.pregonero.dispatcher.message.ChannelPlan;
import org.pregonero.dispatcher.message.Drafting;
import org.pregonero.dispatcher.message.MessageDraft;
import org.pregonero.dispatcher.message.OccurrenceRequest;
import org.pregonero.dispatcher.message.OccurrenceState;
import org.pregonero.dispatcher.message.Occurrences;
import org.pregonero.dispatcher.message.Scheduling;
import org.pregonero.dispatcher.tabular.Words;
import org.pregonero.dispatcher.testing.MailServer;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.ObjectMapper;

/**
 * The running application with a real database, broker and mail server, two more channels, which do as they are told, and
 * the steps in which the tests of the engine speak of it. Subclasses choose the broker.
 */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "pregonero.port=0",
            "pregonero.delivery.retry.first=200ms",
            "pregonero.delivery.check-pause=300ms",
            "pregonero.delivery.lease=6s",
            "pregonero.delivery.republish-after=1s",
            "pregonero.delivery.round=200ms",
            "pregonero.delivery.fan-out-chunk=70",
            "pregonero.delivery.consignment=20",
            "pregonero.delivery.channels.EMAIL.window=100",
            "pregonero.delivery.channels.EMAIL.concurrency=8",
            "pregonero.channels.email.connections=8",
            "pregonero.channels.email.read-timeout=2s",
            "pregonero.delivery.channels.STAGED.concurrency=" + RunningEngine.CONCURRENCY,
            "pregonero.delivery.channels.METERED.concurrency=" + RunningEngine.CONCURRENCY,
            "pregonero.delivery.channels.METERED.per-day=" + RunningEngine.PER_DAY,
            "spring.datasource.hikari.connection-timeout=2000",
            "db-scheduler.polling-interval=200ms"
        })
@Import(RunningEngine.StagedChannels.class)
abstract class RunningEngine {

    static final Duration PATIENCE = Duration.ofSeconds(60);
    static final Channel EMAIL = new Channel("EMAIL");

    static final MailServer MAIL = new MailServer();

    /** Sends at a time on a staged channel. */
    static final int CONCURRENCY = 4;

    /** What the metered channel may send a day. */
    static final int PER_DAY = 50;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Drafting drafting;

    @Autowired
    Scheduling scheduling;

    @Autowired
    Occurrences occurrences;

    @Autowired
    OccurrenceControl control;

    @Autowired
    ChannelControl channels;

    @Autowired
    ChannelStates channelStates;

    @Autowired
    DeliveryReport report;

    @Autowired
    ObjectMapper json;

    @Autowired
    StagedChannel staged;

    @Autowired
    StagedChannel metered;

    Actor office = Actor.SYSTEM;

    @TestConfiguration(proxyBeanMethods = false)
    static class StagedChannels {

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
    static void mail(DynamicPropertyRegistry registry) {
        registry.add("pregonero.channels.email.host", () -> "127.0.0.1");
        registry.add("pregonero.channels.email.port", MAIL::port);
        registry.add("pregonero.channels.email.security", () -> "NONE");
        registry.add("pregonero.channels.email.from", () -> "Instituto <avisos@instituto.example.org>");
    }

    @BeforeEach
    void clean() {
        MAIL.forget();
        jdbc.sql("update channel_state set day = null where channel = 'METERED'")
                .update();
        office = new Actor(
                jdbc.sql("select min(id) from account").query(Long.class).single(), "admin", "admin", Set.of());
    }

    @AfterEach
    void leaveNothingRunning() {
        MAIL.comeBack();
        occurrences.latest(100).forEach(occurrence -> control.cancel(occurrence.id(), office));
        channels.all().forEach(channel -> channels.resume(new Channel(channel.channel()), office));
    }

    @BeforeEach
    @AfterEach
    void doAsUsual() {
        staged.forget();
        metered.forget();
    }

    // --- people ------------------------------------------------------------------------------------------------------

    /** A new audience of people who may be written to by e-mail; the name is made unique. */
    String audience(String name, int people) {
        var unique = name + "-" + System.nanoTime();
        jdbc.sql("insert into audience (name, name_key) values (:name, :key)")
                .param("name", unique)
                .param("key", Words.fold(unique))
                .update();
        people(unique, people, "GRANTED", "persona");
        return unique;
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

    void people(String audience, int count, String decision, String prefix) {
        IntStream.rangeClosed(1, count).forEach(number -> {
            var contact = personWithout(audience, "Ñáñez " + prefix + " " + number);
            jdbc.sql("""
                            insert into contact_address (contact_id, kind, address, valid)
                            values (:contact, 'EMAIL', :address, true)
                            """)
                    .param("contact", contact)
                    .param("address", "%s%d@%s.example.org".formatted(prefix, number, audience))
                    .update();
            jdbc.sql("""
                            insert into consent (contact_id, channel, purpose, decision, means, decided_at, evidence)
                            values (:contact, 'EMAIL', 'rendicion-de-cuentas', :decision, 'prueba', now(), 'prueba')
                            """).param("contact", contact).param("decision", decision).update();
        });
    }

    /** A person without an address. */
    long personWithout(String audience, String name) {
        var contact = jdbc.sql("insert into contact (name) values (:name) returning id")
                .param("name", name)
                .query(Long.class)
                .single();
        jdbc.sql("insert into audience_member values (:audience, :contact)")
                .param("audience", audienceId(audience))
                .param("contact", contact)
                .update();
        return contact;
    }

    long audienceId(String audience) {
        return jdbc.sql("select id from audience where name = :name")
                .param("name", audience)
                .query(Long.class)
                .single();
    }

    static String address(String audience, int number) {
        return "persona%d@%s.example.org".formatted(number, audience);
    }

    // --- sendings ----------------------------------------------------------------------------------------------------

    /** Sends by e-mail and waits for the end. */
    long send(String audience) {
        return send(List.of(audience));
    }

    long send(List<String> audiences) {
        var occurrence = start(audiences, null);
        awaitEnd(occurrence);
        return occurrence;
    }

    long start(List<String> audiences, @Nullable Duration useful) {
        return start(EMAIL, audiences, useful);
    }

    long start(StagedChannel channel, String audience) {
        return start(channel.channel(), List.of(audience), null);
    }

    long start(Channel channel, List<String> audiences, @Nullable Duration useful) {
        var occurrence = schedule(channel, audiences, useful);
        scheduling.approve(occurrence, null, office);
        return occurrence;
    }

    /** Deliveries that wait on a channel that nobody relays; returns their occurrence, which runs. */
    long waiting(Channel channel, int places) {
        channelStates.register(channel);
        var occurrence = send(audience("espera", 1));
        MAIL.forget();
        jdbc.sql("""
                        insert into delivery (occurrence_id, channel, outlet, state, not_before, changed_at)
                        select :occurrence, :channel, 'lugar ' || n, 'PENDING', now(), now() from generate_series(1, :places) n
                        """)
                .param("occurrence", occurrence)
                .param("channel", channel.code())
                .param("places", places)
                .update();
        await("the rounds see that it is not through")
                .atMost(PATIENCE)
                .until(() -> occurrences.find(occurrence).orElseThrow().state() == OccurrenceState.RUNNING);
        return occurrence;
    }

    /** Everything but the approval. */
    long schedule(Channel channel, List<String> audiences, @Nullable Duration useful) {
        var message = drafting.write(draft(channel, audiences), office);
        var expires = useful == null ? null : Instant.now().plus(useful);
        return scheduling
                .schedule(message.messageId(), new OccurrenceRequest(null, expires, "prueba automática", null), office)
                .id();
    }

    MessageDraft draft(Channel channel, List<String> audiences) {
        var content = json.valueToTree(Map.of("subject", "Invitación para {{nombre}}", "body", "Hola, {{nombre}}."));
        return new MessageDraft(
                "Invitación", null, audiences, null, Map.of(channel.code(), new ChannelPlan(content, List.of())), null);
    }

    void awaitEnd(long occurrence) {
        awaitEnd(occurrence, PATIENCE);
    }

    void awaitEnd(long occurrence, Duration patience) {
        await().atMost(patience).untilAsserted(() -> assertThat(
                        occurrences.find(occurrence).orElseThrow().state())
                .as("with deliveries %s", counts(occurrence))
                .isEqualTo(OccurrenceState.FINISHED));
    }

    /** Until every send that was under way has ended and is written. */
    void awaitNothingUnderWay(long occurrence) {
        await().atMost(PATIENCE).until(() -> !counts(occurrence).containsKey("SENDING"));
    }

    // --- what came of it ---------------------------------------------------------------------------------------------

    /** That many people were written to by e-mail, each once, and nothing else came of the occurrence. */
    void assertEverybodyHasItOnce(long occurrence, int people) {
        assertThat(counts(occurrence)).isEqualTo(Map.of("ACCEPTED", (long) people));
        assertThat(MAIL.received())
                .extracting(MailServer.Mail::recipient)
                .doesNotHaveDuplicates()
                .hasSize(people);
    }

    /** How many deliveries are in which state. */
    Map<String, Long> counts(long occurrence) {
        return report.counts(occurrence).values().stream()
                .flatMap(states -> states.entrySet().stream())
                .collect(
                        Collectors.toMap(entry -> entry.getKey().name(), Map.Entry::getValue, Long::sum, TreeMap::new));
    }

    long count(long occurrence, DeliveryState state) {
        return counts(occurrence).getOrDefault(state.name(), 0L);
    }

    Map<String, Long> reasons(long occurrence) {
        return report.causes(occurrence).stream()
                .collect(Collectors.toMap(
                        cause -> String.valueOf(cause.reasonCode()), DeliveryReport.Cause::deliveries, Long::sum));
    }

    DeliveryReport.Row delivery(long occurrence, String address) {
        return deliveries(occurrence).stream()
                .filter(row -> address.equals(row.address()))
                .findFirst()
                .orElseThrow();
    }

    List<DeliveryReport.Row> deliveries(long occurrence) {
        return report.list(new DeliveryReport.Filter(occurrence, null, null, null), 0, 1000);
    }

    ChannelControl.ChannelView channel(Channel channel) {
        return channels.all().stream()
                .filter(view -> view.channel().equals(channel.code()))
                .findFirst()
                .orElseThrow();
    }
}
