package org.pregonero.dispatcher.message;

import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.pregonero.channels.Addressing;
import org.pregonero.channels.OutboundMessage;
import org.pregonero.channels.SendOutcome;
import org.pregonero.dispatcher.account.Actor;
import org.pregonero.dispatcher.account.AuditTrail;
import org.pregonero.dispatcher.audience.AddressBook;
import org.pregonero.dispatcher.audience.SamplePeople;
import org.pregonero.templates.InvalidTemplateException;
import org.pregonero.templates.RenderedContent;
import org.pregonero.templates.RenderedEmail;
import org.pregonero.templates.RenderedSms;
import org.pregonero.templates.RenderedWhatsApp;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Sends a message to whoever tries it out. It is no delivery: it is in no figure, and its address is kept nowhere. It says of
 * itself that it is a test, except for templates of WhatsApp, whose text may not be changed.
 */
@Service
public class TestSending {

    private static final String MARK = "[Prueba] ";
    private static final Pattern EMAIL = Pattern.compile("[^\\s@<>\",;]{1,64}@[^\\s@<>\",;]+\\.[^\\s@<>\",;.]+");
    private static final Pattern PHONE = Pattern.compile("\\+[1-9]\\d{7,14}");
    private static final Pattern COLOMBIAN = Pattern.compile("3\\d{9}");

    /** Enough to try a text out, too few to write to a village. */
    private static final int MOST_IN_AN_HOUR = 20;

    /** What a text says to whoever is nobody of ours. */
    private static final Map<String, String> MADE_UP = Map.of(
            "nombre", "Camila Rojas", "cargo", "Líder comunitaria", "entidad", "Junta de Acción Comunal de ejemplo");

    private final Contents contents;
    private final Previews previews;
    private final SamplePeople people;
    private final AddressBook addresses;
    private final PausedChannels pauses;
    private final AuditTrail audit;
    private final JdbcClient jdbc;
    private final TransactionOperations transaction;

    TestSending(
            Contents contents,
            Previews previews,
            SamplePeople people,
            AddressBook addresses,
            PausedChannels pauses,
            AuditTrail audit,
            JdbcClient jdbc,
            TransactionOperations transaction) {
        this.contents = contents;
        this.previews = previews;
        this.people = people;
        this.addresses = addresses;
        this.pauses = pauses;
        this.audit = audit;
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    /**
     * Sends it with the values of the person whom the address belongs to, or of a made-up one: nobody's data go to anybody
     * else.
     *
     * @param address of whoever tries it out
     * @throws RefusedException when the address is none or must not be written to, the channel is paused, too many were sent,
     *     the text cannot be filled, or the provider does not take it
     */
    public void send(MessageVersion version, String channel, String address, Actor actor) {
        if (!version.channels().containsKey(channel) || !contents.known(channel) || !contents.personal(channel)) {
            throw new RefusedException(Refusal.NOT_TESTABLE);
        }
        var adapter = contents.adapter(channel);
        if (pauses.paused(adapter.channel())) {
            throw new RefusedException(Refusal.TEST_ON_PAUSED_CHANNEL);
        }
        var to = normalised(address, adapter.addressing());
        if (addresses.barred(to, channel, version.purpose())) {
            throw new RefusedException(Refusal.TEST_TO_BARRED);
        }
        var message = new OutboundMessage(
                UUID.randomUUID(), to, null, marked(rendered(version, channel, to, adapter.addressing())), null);
        // Kept before anything leaves: what was sent and not written down would not count.
        transaction.executeWithoutResult(status -> {
            refuseMany(actor);
            audit.record(
                    actor,
                    "message.tested",
                    "message/" + version.messageId(),
                    null,
                    Map.of("channel", channel, "version", version.number()));
        });
        var outcome = adapter.send(message);
        if (outcome instanceof SendOutcome.ChannelDown down) {
            throw new RefusedException(Refusal.TEST_CHANNEL_DOWN, down.advice());
        }
        if (!(outcome instanceof SendOutcome.Accepted || outcome instanceof SendOutcome.Published)) {
            throw new RefusedException(Refusal.TEST_NOT_TAKEN);
        }
    }

    private RenderedContent rendered(MessageVersion version, String channel, String to, Addressing addressing) {
        var owner = addresses.contacts(to).stream()
                .findFirst()
                .flatMap(person -> people.find(person, addressing.name()))
                .orElse(null);
        var values = previews.values(owner, addressing);
        values.put(addressing == Addressing.PHONE ? "telefono" : "correo", to);
        try {
            var compiled = contents.current(version, channel);
            compiled.missing(values).forEach(name -> values.put(name, MADE_UP.getOrDefault(name, "«" + name + "»")));
            return compiled.render(values);
        } catch (InvalidTemplateException e) {
            throw new RefusedException(String.valueOf(e.getMessage()));
        }
    }

    private static RenderedContent marked(RenderedContent content) {
        if (content instanceof RenderedEmail mail) {
            return new RenderedEmail(
                    MARK + mail.subject(),
                    mail.html(),
                    mail.text(),
                    mail.images(),
                    mail.attachments(),
                    mail.calendar(),
                    mail.sender());
        }
        if (content instanceof RenderedSms sms) {
            return new RenderedSms(MARK + sms.text());
        }
        if (content instanceof RenderedWhatsApp chat && chat.contentSid() == null) {
            return new RenderedWhatsApp(null, chat.contentVariables(), MARK + chat.text());
        }
        return content;
    }

    private static String normalised(String address, Addressing addressing) {
        if (addressing == Addressing.PHONE) {
            var digits = address.replaceAll("[\\s().-]", "");
            var number = COLOMBIAN.matcher(digits).matches() ? "+57" + digits : digits;
            if (!PHONE.matcher(number).matches()) {
                throw new RefusedException(Refusal.TEST_PHONE);
            }
            return number;
        }
        if (!EMAIL.matcher(address.strip()).matches()) {
            throw new RefusedException(Refusal.TEST_EMAIL);
        }
        return address.strip().toLowerCase(Locale.ROOT);
    }

    private void refuseMany(Actor actor) {
        // one after the other: two at once would not see each other
        jdbc.sql("select id from account where id = :actor for no key update")
                .param("actor", actor.id())
                .query(rs -> {});
        var sent =
                jdbc.sql("""
                        select count(*) from audit_entry
                        where action = 'message.tested' and actor = :actor and at > now() - interval '1 hour'
                        """).param("actor", actor.username()).query(Long.class).single();
        if (sent >= MOST_IN_AN_HOUR) {
            throw new RefusedException(Refusal.TESTS_SPENT, MOST_IN_AN_HOUR);
        }
    }
}
