package org.pregonero.dispatcher.task;

import static org.pregonero.dispatcher.runtime.Timestamps.utc;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.pregonero.channels.ChannelAdapter;
import org.pregonero.channels.OutboundMessage;
import org.pregonero.channels.Reason;
import org.pregonero.channels.SendOutcome;
import org.pregonero.dispatcher.institution.Institutions;
import org.pregonero.dispatcher.message.ContactHours;
import org.pregonero.templates.EmailContent;
import org.pregonero.templates.Setting;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.MessageSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.ObjectMapper;

/**
 * Mails to the institution's own people about their work, over the e-mail channel. Each leaves at most once: it is written
 * down before, claimed by one process, and never tried again when the end of the attempt is unknown.
 */
@Component
class OfficeMails {

    private static final Logger log = LoggerFactory.getLogger(OfficeMails.class);

    private static final String EMAIL = "EMAIL";
    private static final Locale LANGUAGE = Locale.forLanguageTag("es-CO");
    private static final Duration PAUSE = Duration.ofMinutes(5);
    private static final Duration SURELY_ENDED = Duration.ofMinutes(30);
    private static final TypeReference<Map<String, String>> VALUES = new TypeReference<>() {};

    private final JdbcClient jdbc;
    private final Optional<ChannelAdapter> channel;
    private final Institutions institutions;
    private final ContactHours contactHours;
    private final MessageSource texts;
    private final ObjectMapper json;
    private final Clock clock;

    OfficeMails(
            JdbcClient jdbc,
            List<ChannelAdapter> adapters,
            Institutions institutions,
            ContactHours contactHours,
            MessageSource texts,
            ObjectMapper json,
            Clock clock) {
        this.jdbc = jdbc;
        this.channel = adapters.stream()
                .filter(adapter -> adapter.channel().code().equals(EMAIL))
                .findFirst();
        this.institutions = institutions;
        this.contactHours = contactHours;
        this.texts = texts;
        this.json = json;
        this.clock = clock;
    }

    /**
     * A mail to be written.
     *
     * @param key whatever has this key is written once
     * @param kind names subject and body in the message bundles
     * @param values by the names that the text uses
     * @param anyHour whether it may leave outside contact hours
     */
    record Draft(
            String key,
            long task,
            String kind,
            Map<String, String> values,
            String address,
            String name,
            boolean anyHour,
            Instant uselessAfter) {}

    void write(Draft draft) {
        var now = utc(clock.instant());
        jdbc.sql("""
                        insert into office_mail (key, task_id, kind, "values", address, name, any_hour, not_before,
                                                 useless_after, changed_at)
                        values (:key, :task, :kind, :values::jsonb, :address, :name, :anyHour, :now, :useless, :now)
                        on conflict (key) do nothing
                        """)
                .param("key", draft.key())
                .param("task", draft.task())
                .param("kind", draft.kind())
                .param("values", json.writeValueAsString(draft.values()))
                .param("address", draft.address())
                .param("name", draft.name())
                .param("anyHour", draft.anyHour())
                .param("useless", utc(draft.uselessAfter()))
                .param("now", now)
                .update();
    }

    /** Keeps back what was written about a task and has not left. */
    void withdraw(long task) {
        jdbc.sql(
                        "update office_mail set state = 'WITHDRAWN', changed_at = :now where task_id = :task and state = 'WAITING'")
                .param("task", task)
                .param("now", utc(clock.instant()))
                .update();
    }

    /** Sends what is due. Several processes may do so at once. */
    void send() {
        settle();
        if (channel.isEmpty()) {
            return;
        }
        var next = claim();
        while (next.isPresent()) {
            send(channel.get(), next.get());
            next = claim();
        }
    }

    /** What became useless or unneeded does not leave; what a dead process was sending is in doubt and stays so. */
    private void settle() {
        var now = clock.instant();
        jdbc.sql("""
                        update office_mail m
                        set changed_at = :now,
                            state = case when m.state = 'SENDING' then 'IN_DOUBT'
                                         when m.useless_after <= :now then 'EXPIRED' else 'WITHDRAWN' end
                        where m.state = 'SENDING' and m.changed_at < :surelyEnded
                           or m.state = 'WAITING' and (m.useless_after <= :now or m.task_id in (
                                  select id from (%s) standing where state <> 'OPEN'))
                        """.formatted(TaskBook.STANDING))
                .param("now", utc(now))
                .param("surelyEnded", utc(now.minus(SURELY_ENDED)))
                .update();
    }

    private record Mail(long id, UUID token, String kind, String values, String address, String name) {}

    private Optional<Mail> claim() {
        return jdbc.sql("""
                        update office_mail set state = 'SENDING', attempts = attempts + 1, changed_at = :now
                        where id = (select id from office_mail
                                    where state = 'WAITING' and not_before <= :now and (any_hour or :open)
                                      and not exists (select from channel_state
                                                      where channel = :channel and paused_by is not null)
                                    order by not_before, id limit 1 for update skip locked)
                        returning id, token, kind, "values"::text as values, address, name
                        """)
                .param("now", utc(clock.instant()))
                .param("open", contactHours.open(clock.instant()))
                .param("channel", EMAIL)
                .query(Mail.class)
                .optional();
    }

    private void send(ChannelAdapter email, Mail mail) {
        var outcome = email.send(message(mail));
        if (outcome instanceof SendOutcome.Accepted || outcome instanceof SendOutcome.Published) {
            record(mail, "SENT", null);
        } else if (outcome instanceof SendOutcome.Rejected rejected) {
            record(mail, "REFUSED", rejected.reason());
        } else if (outcome instanceof SendOutcome.Deferred deferred) {
            record(mail, "WAITING", deferred.reason());
        } else if (outcome instanceof SendOutcome.ChannelDown down) {
            record(mail, "WAITING", down.reason());
        } else if (outcome instanceof SendOutcome.Unknown unknown) {
            record(mail, "IN_DOUBT", unknown.reason());
        }
    }

    private OutboundMessage message(Mail mail) {
        var content = new EmailContent(text(mail, "subject"), text(mail, "body"), null, null, false, List.of())
                .compile(new Setting(institutions.current().identity(), null, LANGUAGE))
                .render(json.readValue(mail.values(), VALUES));
        return new OutboundMessage(mail.token(), mail.address(), mail.name(), content, null);
    }

    private String text(Mail mail, String part) {
        return texts.getMessage("officemail." + mail.kind() + "." + part, null, LANGUAGE);
    }

    private void record(Mail mail, String state, @Nullable Reason reason) {
        var now = clock.instant();
        jdbc.sql("""
                        update office_mail set state = :state, reason_code = :reason, detail = :detail, not_before = :again,
                                               changed_at = :now
                        where id = :id and state = 'SENDING'
                        """)
                .param("state", state)
                .param("reason", reason == null ? null : reason.code().name())
                .param("detail", reason == null ? null : reason.detail())
                .param("again", utc(now.plus(PAUSE)))
                .param("now", utc(now))
                .param("id", mail.id())
                .update();
        if (reason != null) {
            log.warn("Mail {} to the office is {} now: {}", mail.id(), state, reason.code());
        }
    }
}
