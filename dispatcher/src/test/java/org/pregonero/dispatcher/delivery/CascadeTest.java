package org.pregonero.dispatcher.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.pregonero.channels.Addressing;
import org.pregonero.channels.Channel;
import org.pregonero.channels.ChannelAdapter;
import org.pregonero.channels.CheckResult;
import org.pregonero.channels.OutboundMessage;
import org.pregonero.channels.ProviderEvent.MessageReceived;
import org.pregonero.channels.Reason;
import org.pregonero.channels.SendOutcome;
import org.pregonero.dispatcher.account.Actor;
import org.pregonero.dispatcher.audience.AudienceBook;
import org.pregonero.dispatcher.audience.SavedFilter;
import org.pregonero.dispatcher.message.Cascade;
import org.pregonero.dispatcher.message.ChannelPlan;
import org.pregonero.dispatcher.message.Drafting;
import org.pregonero.dispatcher.message.MessageDraft;
import org.pregonero.dispatcher.message.OccurrenceRequest;
import org.pregonero.dispatcher.message.OccurrenceState;
import org.pregonero.dispatcher.message.Occurrences;
import org.pregonero.dispatcher.message.RefusedException;
import org.pregonero.dispatcher.message.Scheduling;
import org.pregonero.dispatcher.tabular.Words;
import org.pregonero.dispatcher.testing.TestServers;
import org.pregonero.templates.EmailContent;
import org.pregonero.templates.MessageContent;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.ObjectMapper;

/** People are tried on one channel after the other, and left in peace once they are reached. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"pregonero.port=0", "pregonero.delivery.round=100ms", "pregonero.delivery.fan-out-chunk=3"})
class CascadeTest {

    private static final List<String> ORDER = List.of("FIRST", "SECOND");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

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
    NextChannel nextChannel;

    @Autowired
    Retrying retrying;

    @Autowired
    DeliveryReport report;

    @Autowired
    AudienceBook audiences;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    ObjectMapper json;

    @Autowired
    Scripted first;

    @Autowired
    Scripted second;

    @DynamicPropertySource
    static void servers(DynamicPropertyRegistry registry) {
        TestServers.register(registry);
    }

    @AfterEach
    void leaveNothingRunning() {
        occurrences.latest(50).forEach(occurrence -> control.cancel(occurrence.id(), office()));
        channels.resume(new Channel("SECOND"), office());
        first.outcomes.clear();
    }

    @Test
    void whoCannotBeReachedOnOneChannelIsTriedOnTheNextAtOnceAndOnlyWithAuthorisationThere() {
        var audience = audience();
        var refused = person(audience, "FIRST", "SECOND");
        first.outcomes.put(refused, new SendOutcome.Rejected(reason()));
        var notAuthorisedOnFirst = person(audience, "SECOND");
        var onFirstOnly = person(audience, "FIRST");
        first.outcomes.put(onFirstOnly, new SendOutcome.Rejected(reason()));
        var nowhere = person(audience);
        var reached = person(audience, "FIRST", "SECOND");
        first.outcomes.put(reached, published());

        var occurrence = start(audience, Duration.ofHours(1));

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                        occurrences.find(occurrence).orElseThrow().state())
                .as("%s %s", states(occurrence, "FIRST"), states(occurrence, "SECOND"))
                .isEqualTo(OccurrenceState.FINISHED));
        assertThat(states(occurrence, "FIRST"))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        refused, "REJECTED",
                        notAuthorisedOnFirst, "SKIPPED NO_AUTHORISATION",
                        onFirstOnly, "REJECTED",
                        nowhere, "SKIPPED NO_AUTHORISATION",
                        reached, "DELIVERED"));
        assertThat(states(occurrence, "SECOND"))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        refused, "ACCEPTED",
                        notAuthorisedOnFirst, "ACCEPTED",
                        onFirstOnly, "SKIPPED NO_AUTHORISATION",
                        nowhere, "SKIPPED NO_AUTHORISATION"));
        assertThat(second.sent).contains(refused, notAuthorisedOnFirst).doesNotContain(onFirstOnly, nowhere, reached);
    }

    @Test
    void silenceLeadsOnOnlyAfterTheWaitAndTheOccurrenceWaitsForIt() {
        var audience = audience();
        var silent = person(audience, "FIRST", "SECOND");
        var confirmedLater = person(audience, "FIRST", "SECOND");

        var occurrence = start(audience, Duration.ofHours(1));
        await().atMost(PATIENCE).until(() -> states(occurrence, "FIRST")
                .equals(Map.of(silent, "ACCEPTED", confirmedLater, "ACCEPTED")));
        nextChannel.look();

        assertThat(states(occurrence, "SECOND")).isEmpty();
        assertThat(occurrences.find(occurrence).orElseThrow().state()).isEqualTo(OccurrenceState.RUNNING);

        confirm(occurrence, confirmedLater);
        jdbc.sql(
                        "update delivery set changed_at = changed_at - interval '61 minutes' where occurrence_id = :id and address = :address")
                .param("id", occurrence)
                .param("address", silent)
                .update();

        await().atMost(PATIENCE)
                .until(() -> occurrences.find(occurrence).orElseThrow().state() == OccurrenceState.FINISHED);
        assertThat(states(occurrence, "SECOND")).isEqualTo(Map.of(silent, "ACCEPTED"));
        assertThat(second.sent).contains(silent).doesNotContain(confirmedLater);
    }

    @Test
    void aLateConfirmationStopsTheNextChannelsMessage() {
        var audience = audience();
        var person = person(audience, "FIRST", "SECOND");
        channels.pause(new Channel("SECOND"), office());
        var occurrence = start(audience, Duration.ofMinutes(1));
        await().atMost(PATIENCE).until(() -> states(occurrence, "FIRST").equals(Map.of(person, "ACCEPTED")));
        jdbc.sql("update delivery set changed_at = changed_at - interval '2 minutes' where occurrence_id = :id")
                .param("id", occurrence)
                .update();
        await().atMost(PATIENCE).until(() -> states(occurrence, "SECOND").equals(Map.of(person, "PENDING")));

        confirm(occurrence, person);
        channels.resume(new Channel("SECOND"), office());

        await().atMost(PATIENCE)
                .until(() -> occurrences.find(occurrence).orElseThrow().state() == OccurrenceState.FINISHED);
        assertThat(states(occurrence, "SECOND")).isEqualTo(Map.of(person, "CANCELLED REACHED_OTHERWISE"));
        assertThat(second.sent).doesNotContain(person);
    }

    @Test
    void whoAnswersIsReachedWhateverTheProviderSays() {
        var audience = audience();
        var thankful = person(audience, "FIRST", "SECOND");
        var annoyed = person(audience, "FIRST", "SECOND");
        var occurrence = start(audience, Duration.ofHours(1));
        await().atMost(PATIENCE)
                .until(() -> states(occurrence, "FIRST").equals(Map.of(thankful, "ACCEPTED", annoyed, "ACCEPTED")));

        write(thankful, "Muchas gracias por avisar");
        write(annoyed, "BAJA");

        await().atMost(PATIENCE)
                .until(() -> states(occurrence, "FIRST").equals(Map.of(thankful, "READ", annoyed, "READ")));
        await().atMost(PATIENCE)
                .until(() -> occurrences.find(occurrence).orElseThrow().state() == OccurrenceState.FINISHED);
        assertThat(states(occurrence, "SECOND")).isEmpty();
    }

    @Test
    void whoOptsOutIsNotPursuedOnTheNextChannel() {
        var audience = audience();
        var person = person(audience, "FIRST", "SECOND");
        channels.pause(new Channel("FIRST"), office());
        var occurrence = start(audience, Duration.ofMinutes(1));
        await().atMost(PATIENCE).until(() -> states(occurrence, "FIRST").equals(Map.of(person, "PENDING")));

        jdbc.sql("update delivery set state = 'CANCELLED', reason_code = 'OPTED_OUT' where occurrence_id = :id")
                .param("id", occurrence)
                .update();
        channels.resume(new Channel("FIRST"), office());

        await().atMost(PATIENCE)
                .until(() -> occurrences.find(occurrence).orElseThrow().state() == OccurrenceState.FINISHED);
        assertThat(states(occurrence, "SECOND")).isEmpty();
    }

    @Test
    void whoseNumberTurnsOutToBeWrongMeanwhileIsTriedOnTheNextChannel() {
        var audience = audience();
        var bounced = person(audience, "FIRST", "SECOND");
        var complained = person(audience, "FIRST", "SECOND");
        channels.pause(new Channel("FIRST"), office());
        var occurrence = start(audience, Duration.ofMinutes(1));
        await().atMost(PATIENCE)
                .until(() -> states(occurrence, "FIRST").equals(Map.of(bounced, "PENDING", complained, "PENDING")));

        suppress(bounced, "BOUNCED");
        suppress(complained, "COMPLAINED");
        channels.resume(new Channel("FIRST"), office());

        await().atMost(PATIENCE)
                .until(() -> occurrences.find(occurrence).orElseThrow().state() == OccurrenceState.FINISHED);
        assertThat(states(occurrence, "FIRST"))
                .isEqualTo(Map.of(bounced, "SKIPPED SUPPRESSED", complained, "CANCELLED SUPPRESSED"));
        assertThat(states(occurrence, "SECOND")).isEqualTo(Map.of(bounced, "ACCEPTED"));
    }

    @Test
    void whoSharesATelephoneWithSomebodyReachedThereIsNotPursuedOnIt() {
        var audience = audience();
        var shared = person(audience, "FIRST", "SECOND");
        jdbc.sql("""
                        update contact_address set address = :shared
                        where contact_id = (select max(contact_id) from contact_address) and address = :address
                        """)
                .param("shared", shared)
                .param("address", person(audience, "FIRST", "SECOND"))
                .update();
        first.outcomes.put(shared, published());

        var occurrence = start(audience, Duration.ofHours(1));

        await().atMost(PATIENCE)
                .until(() -> occurrences.find(occurrence).orElseThrow().state() == OccurrenceState.FINISHED);
        assertThat(jdbc.sql("""
                        select channel || ' ' || state || coalesce(' ' || reason_code, '') from delivery
                        where occurrence_id = :id order by id
                        """).param("id", occurrence).query(String.class).list())
                .containsExactly(
                        "FIRST DELIVERED", "FIRST SKIPPED DUPLICATE_ADDRESS", "SECOND SKIPPED DUPLICATE_ADDRESS");
        assertThat(second.sent).doesNotContain(shared);
    }

    @Test
    void whoPrefersAnotherChannelBeginsThereAndComesToTheOthersInTheirTurn() {
        var audience = audience();
        var noPreference = person(audience, "FIRST", "SECOND");
        var prefersSecond = person(audience, "FIRST", "SECOND");
        var failsOnPreferred = person(audience, "FIRST", "SECOND");
        jdbc.sql("""
                        update contact set preferred_channel = 'SECOND'
                        where id in (select contact_id from contact_address where address in (:some))
                        """).param("some", List.of(prefersSecond, failsOnPreferred)).update();
        first.outcomes.put(noPreference, published());
        first.outcomes.put(failsOnPreferred, published());
        second.outcomes.put(prefersSecond, published());
        second.outcomes.put(failsOnPreferred, new SendOutcome.Rejected(reason()));

        var occurrence = start(write(audience, new Cascade(ORDER, Duration.ofHours(1), true)));

        await().atMost(PATIENCE)
                .until(() -> occurrences.find(occurrence).orElseThrow().state() == OccurrenceState.FINISHED);
        assertThat(jdbc.sql("""
                        select address || ' ' || channel || ' ' || state from delivery where occurrence_id = :id
                        """).param("id", occurrence).query(String.class).list())
                .containsExactlyInAnyOrder(
                        noPreference + " FIRST DELIVERED",
                        prefersSecond + " SECOND DELIVERED",
                        failsOnPreferred + " SECOND REJECTED",
                        failsOnPreferred + " FIRST DELIVERED");
        assertThat(report.people(occurrence)).isEqualTo(3);
        second.outcomes.clear();
    }

    @Test
    void whosePreferenceChangesDuringTheFanOutBeginsOnceAllTheSame() {
        var audience = audience();
        var toSecond = person(audience, "FIRST", "SECOND");
        var toFirst = person(audience, "FIRST", "SECOND");
        var inBetween = person(audience, "FIRST", "SECOND");
        // of the next chunk, which cannot be written while somebody else holds this person
        var held = person(audience, "FIRST", "SECOND");
        List.of(toSecond, toFirst, inBetween, held).forEach(all -> {
            first.outcomes.put(all, published());
            second.outcomes.put(all, published());
        });
        prefer(toFirst, "SECOND");
        var message = write(audience, new Cascade(ORDER, Duration.ofHours(1), true));

        var occurrence = transaction.execute(status -> {
            jdbc.sql(
                            "select from contact where id = (select contact_id from contact_address where address = ?) for update")
                    .param(held)
                    .query(row -> {});
            return elsewhere(() -> {
                var started = start(message);
                await().atMost(PATIENCE)
                        .until(() -> states(started, "FIRST").keySet().equals(Set.of(toSecond, inBetween)));
                prefer(toSecond, "SECOND");
                prefer(toFirst, "FIRST");
                return started;
            });
        });

        await().atMost(PATIENCE)
                .until(() -> occurrences.find(occurrence).orElseThrow().state() == OccurrenceState.FINISHED);
        assertThat(states(occurrence, "FIRST")).containsOnlyKeys(toSecond, inBetween, held);
        assertThat(states(occurrence, "SECOND")).containsOnlyKeys(toFirst);
        second.outcomes.clear();
    }

    @Test
    void anAudienceThatChangesDuringTheFanOutChangesNothingOfIt() {
        var audience = audience();
        person(audience, "FIRST");
        person(audience, "FIRST");
        person(audience, "FIRST");
        // of the next chunk, which cannot be written while somebody else holds this person
        var held = person(audience, "FIRST");
        var message = write(audience, new Cascade(ORDER, Duration.ofHours(1), true));
        var nobody = new SavedFilter(
                List.of(new SavedFilter.Condition(SavedFilter.Field.POSITION, null, SavedFilter.Test.EQUALS, "nadie")));

        var occurrence = transaction.execute(status -> {
            jdbc.sql(
                            "select from contact where id = (select contact_id from contact_address where address = ?) for update")
                    .param(held)
                    .query(row -> {});
            return elsewhere(() -> {
                var started = start(message);
                await().atMost(PATIENCE).until(() -> states(started, "FIRST").size() == 3);
                var list = audiences.all().stream()
                        .filter(entry -> entry.name().equals(audience))
                        .findFirst()
                        .orElseThrow();
                audiences.change(list, list.version(), audience, null, nobody, office());
                return started;
            });
        });

        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(states(occurrence, "FIRST")).hasSize(4).containsKey(held));
    }

    @Test
    void whosePreferenceChangesOnTheWayIsStillTriedOnEveryChannel() {
        var audience = audience();
        var person = person(audience, "FIRST", "SECOND");
        first.outcomes.put(person, new SendOutcome.Rejected(reason()));
        channels.pause(new Channel("FIRST"), office());
        var occurrence = start(write(audience, new Cascade(ORDER, Duration.ofHours(1), true)));
        await().atMost(PATIENCE).until(() -> states(occurrence, "FIRST").equals(Map.of(person, "PENDING")));

        prefer(person, "SECOND");
        channels.resume(new Channel("FIRST"), office());

        await().atMost(PATIENCE)
                .until(() -> occurrences.find(occurrence).orElseThrow().state() == OccurrenceState.FINISHED);
        assertThat(states(occurrence, "FIRST")).isEqualTo(Map.of(person, "REJECTED"));
        assertThat(states(occurrence, "SECOND")).isEqualTo(Map.of(person, "ACCEPTED"));
    }

    @Test
    void whoIsTriedAgainIsNotTakenToTheNextChannelMeanwhile() {
        var audience = audience();
        var person = person(audience, "FIRST", "SECOND");
        first.outcomes.put(person, new SendOutcome.Rejected(new Reason(Reason.Code.PROVIDER_TROUBLE, null, "")));
        var occurrence = scheduling
                .schedule(
                        write(audience, new Cascade(ORDER, Duration.ofHours(1))),
                        new OccurrenceRequest(null, null, "prueba automática", null),
                        office())
                .id();

        transaction.executeWithoutResult(status -> {
            jdbc.sql("select pg_advisory_xact_lock(" + NextChannel.LOCK + ")")
                    .param("occurrence", occurrence)
                    .query(row -> {});
            elsewhere(() -> scheduling.approve(occurrence, null, office()));
            await().atMost(PATIENCE).until(() -> states(occurrence, "FIRST").equals(Map.of(person, "REJECTED")));
            first.outcomes.clear();
            assertThat(retrying.retry(occurrence, "FIRST", DeliveryState.REJECTED, "PROVIDER_TROUBLE", office()))
                    .isEqualTo(1);
            elsewhere(() -> {
                nextChannel.look();
                return null;
            });
        });

        await().atMost(PATIENCE).until(() -> states(occurrence, "FIRST").equals(Map.of(person, "ACCEPTED")));
        assertThat(states(occurrence, "SECOND")).isEmpty();
    }

    @Test
    void anOrderThatMakesNoSenseIsRefused() {
        var audience = audience();

        assertThatThrownBy(() -> write(audience, new Cascade(List.of("FIRST", "FIRST"), Duration.ofHours(1))))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("cascade");
        assertThatThrownBy(() -> write(audience, new Cascade(List.of("FIRST", "EMAIL"), Duration.ofHours(1))))
                .isInstanceOf(RefusedException.class);
        assertThatThrownBy(() -> write(audience, new Cascade(ORDER, Duration.ofSeconds(1))))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("espera");
    }

    // --- steps -------------------------------------------------------------------------------------------------------

    private long start(String audience, Duration wait) {
        return start(write(audience, new Cascade(ORDER, wait)));
    }

    private long start(long message) {
        var occurrence =
                scheduling.schedule(message, new OccurrenceRequest(null, null, "prueba automática", null), office());
        scheduling.approve(occurrence.id(), null, office());
        return occurrence.id();
    }

    private long write(String audience, Cascade cascade) {
        var content =
                new ChannelPlan(json.valueToTree(Map.of("subject", "Hola", "body", "Hola, {{nombre}}.")), List.of());
        return drafting.write(
                        new MessageDraft(
                                "Cascada",
                                null,
                                List.of(audience),
                                null,
                                Map.of("FIRST", content, "SECOND", content),
                                cascade),
                        office())
                .messageId();
    }

    private void prefer(String address, String channel) {
        jdbc.sql("""
                        update contact set preferred_channel = :channel
                        where id = (select contact_id from contact_address where address = :address)
                        """).param("channel", channel).param("address", address).update();
    }

    /** Does something outside of the transaction of this thread. */
    private static <T> T elsewhere(Supplier<T> work) {
        return CompletableFuture.supplyAsync(work).join();
    }

    private void write(String from, String text) {
        var message = new MessageReceived(
                "respuesta-" + from, new Channel("FIRST"), from, null, text, java.time.Instant.EPOCH);
        jdbc.sql("""
                        insert into inbox_event (provider, event_key, kind, payload, received_at, next_attempt_at)
                        values ('prueba', :key, 'MESSAGE', :payload::jsonb, now(), now())
                        """)
                .param("key", message.key())
                .param("payload", json.writeValueAsString(message))
                .update();
    }

    private void suppress(String address, String reason) {
        jdbc.sql(
                        "insert into suppression (kind, address, channel, reason) values ('PHONE', :address, 'FIRST', :reason)")
                .param("address", address)
                .param("reason", reason)
                .update();
    }

    private void confirm(long occurrence, String address) {
        jdbc.sql("""
                        update delivery set state = 'DELIVERED', changed_at = now()
                        where occurrence_id = :id and channel = 'FIRST' and address = :address
                        """).param("id", occurrence).param("address", address).update();
    }

    /** By the person's address, whether or not the delivery uses it. */
    private Map<String, String> states(long occurrence, String channel) {
        return jdbc
                .sql("""
                        select a.address, d.state || coalesce(' ' || case when d.state in ('SKIPPED', 'CANCELLED')
                                                                          then d.reason_code end, '') as state
                        from delivery d join contact_address a on a.contact_id = d.contact_id
                        where d.occurrence_id = :id and d.channel = :channel
                        """)
                .param("id", occurrence)
                .param("channel", channel)
                .query((row, number) -> Map.entry(row.getString("address"), row.getString("state")))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a, TreeMap::new));
    }

    private String audience() {
        var name = "cascada-" + System.nanoTime();
        jdbc.sql("insert into audience (name, name_key) values (:name, :key)")
                .param("name", name)
                .param("key", Words.fold(name))
                .update();
        return name;
    }

    /** Returns the address. */
    private String person(String audience, String... authorised) {
        var contact = jdbc.sql("insert into contact (name) values ('Ana Ñáñez') returning id")
                .query(Long.class)
                .single();
        var address = "+57300" + "%07d".formatted(contact);
        jdbc.sql(
                        "insert into contact_address (contact_id, kind, address, valid) values (:contact, 'PHONE', :address, true)")
                .param("contact", contact)
                .param("address", address)
                .update();
        jdbc.sql("""
                        insert into consent (contact_id, channel, purpose, decision, means, decided_at, evidence)
                        select :contact, channel, 'rendicion-de-cuentas', 'GRANTED', 'prueba', now(), 'prueba'
                        from unnest(:channels::text[]) as channel
                        """).param("contact", contact).param("channels", authorised).update();
        jdbc.sql("insert into audience_member select id, :contact from audience where name = :audience")
                .param("contact", contact)
                .param("audience", audience)
                .update();
        return address;
    }

    private Actor office() {
        return new Actor(
                jdbc.sql("select min(id) from account").query(Long.class).single(), "admin", "admin", Set.of());
    }

    private static Reason reason() {
        return new Reason(Reason.Code.UNKNOWN_RECIPIENT, null, "");
    }

    private static SendOutcome published() {
        return new SendOutcome.Published("1", java.net.URI.create("https://ejemplo.example.org"), "00");
    }

    /** A provider that answers as it is told, and takes everything else. */
    static final class Scripted implements ChannelAdapter {

        final Map<String, SendOutcome> outcomes = new ConcurrentHashMap<>();
        final Queue<String> sent = new ConcurrentLinkedQueue<>();
        private final Channel channel;

        Scripted(String channel) {
            this.channel = new Channel(channel);
        }

        @Override
        public Channel channel() {
            return channel;
        }

        @Override
        public Addressing addressing() {
            return Addressing.PHONE;
        }

        @Override
        public Class<? extends MessageContent> contentType() {
            return EmailContent.class;
        }

        @Override
        public SendOutcome send(OutboundMessage message) {
            sent.add(message.address());
            return outcomes.getOrDefault(message.address(), new SendOutcome.Accepted("1", null));
        }

        @Override
        public CheckResult check() {
            return new CheckResult.Ok();
        }
    }

    @TestConfiguration
    static class Providers {
        @Bean
        Scripted first() {
            return new Scripted("FIRST");
        }

        @Bean
        Scripted second() {
            return new Scripted("SECOND");
        }
    }
}
