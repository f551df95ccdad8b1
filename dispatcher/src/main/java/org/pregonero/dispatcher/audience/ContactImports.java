package org.pregonero.dispatcher.audience;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pregonero.dispatcher.account.Actor;
import org.pregonero.dispatcher.account.AuditTrail;
import org.pregonero.dispatcher.tabular.UnreadableFileException;
import org.pregonero.dispatcher.tabular.UploadedFile;
import org.pregonero.dispatcher.tabular.Uploads;
import org.pregonero.dispatcher.tabular.WaitingFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.DefaultTransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/**
 * Lists of contacts on their way in, step by step: looked at, corrected, taken in. A small list is worked off while its
 * owner waits; a large one by whichever process has time, and the database says how far it is. A process that dies leaves
 * it to the next one: taking a list in again changes nothing more.
 */
@Service
public class ContactImports {

    private static final Logger LOG = LoggerFactory.getLogger(ContactImports.class);

    /** No list takes that long. */
    private static final Duration DEAD_AFTER = Duration.ofMinutes(30);

    static final TaskDescriptor<Void> WORK = TaskDescriptor.of("contact-import");

    private static final int AT_ONCE = 400_000;
    private static final int SHOWN_PROBLEMS = 60;

    private final ContactImport contactImport;
    private final Uploads uploads;
    private final SchedulerClient scheduler;
    private final AuditTrail audit;
    private final JdbcClient jdbc;
    private final TransactionTemplate apart;
    private final Clock clock;
    private final JsonMapper json = JsonMapper.builder().build();

    ContactImports(
            ContactImport contactImport,
            Uploads uploads,
            SchedulerClient scheduler,
            AuditTrail audit,
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            Clock clock) {
        this.contactImport = contactImport;
        this.uploads = uploads;
        this.scheduler = scheduler;
        this.audit = audit;
        this.jdbc = jdbc;
        // how far an import is must be seen before it is through
        this.apart = new TransactionTemplate(
                transactions, new DefaultTransactionDefinition(TransactionDefinition.PROPAGATION_REQUIRES_NEW));
        this.clock = clock;
    }

    /** Where a list is. */
    public enum State {
        LOOKING,
        /** A person decides. */
        LOOKED,
        RUNNING,
        DONE,
        FAILED;

        public boolean atWork() {
            return this == LOOKING || this == RUNNING;
        }
    }

    /**
     * A list on its way in.
     *
     * @param progress in per cent
     * @param report what is known of it; null before it was looked at
     * @param mendable whether it has rows to be mended
     * @param problem why it cannot be used, in Spanish
     * @param said what its owner said of it, by field of the form
     */
    public record View(
            long id,
            String name,
            State state,
            int progress,
            @Nullable ImportReport report,
            boolean mendable,
            @Nullable String problem,
            Map<String, String> said) {}

    /** Takes a file and looks at it. */
    public long begin(UploadedFile file, Actor actor) {
        long upload = uploads.keep(actor.id(), Uploads.Kind.CONTACTS, file);
        long id = jdbc.sql("""
                        insert into contact_import (account_id, upload_id, name, sha256, state, created_at, changed_at)
                        values (:account, :upload, :name, :sha256, 'LOOKING', :now, :now)
                        returning id
                        """)
                .param("account", actor.id())
                .param("upload", upload)
                .param("name", file.name())
                .param("sha256", file.sha256())
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .query(Long.class)
                .single();
        go(id, file.size(), 0);
        return id;
    }

    public Optional<View> find(long id, Actor actor) {
        return jdbc.sql("""
                        select i.*, coalesce(length(i.mend), 0) > 0 as mendable, u.corrections
                        from contact_import i left join upload u on u.id = i.upload_id
                        where i.id = :id and i.account_id = :account
                        """)
                .param("id", id)
                .param("account", actor.id())
                .query((rs, n) -> {
                    String report = rs.getString("report");
                    String said = rs.getString("corrections");
                    return new View(
                            id,
                            rs.getString("name"),
                            State.valueOf(rs.getString("state")),
                            rs.getInt("progress"),
                            report == null ? null : json.readValue(report, ImportReport.class),
                            rs.getBoolean("mendable"),
                            rs.getString("problem"),
                            said == null ? Map.of() : texts(said));
                })
                .optional();
    }

    /** The latest of a person, the newest first. */
    public List<View> latest(Actor actor) {
        return jdbc.sql("""
                        select id, name, state, progress from contact_import
                        where account_id = :account order by id desc limit 10
                        """)
                .param("account", actor.id())
                .query((rs, n) -> new View(
                        rs.getLong("id"),
                        rs.getString("name"),
                        State.valueOf(rs.getString("state")),
                        rs.getInt("progress"),
                        null,
                        false,
                        null,
                        Map.of()))
                .list();
    }

    /** The rows to be mended, the headings first. */
    public Optional<List<List<String>>> mend(long id, Actor actor) {
        return jdbc.sql("select mend from contact_import where id = :id and account_id = :account and length(mend) > 0")
                .param("id", id)
                .param("account", actor.id())
                .query(String.class)
                .optional()
                .map(RowsToMend::rows);
    }

    /**
     * Looks again with what a person said, or takes the list in.
     *
     * @param apply whether it is to be taken in now
     * @return false where the list is not waiting for a person, or its file is gone
     */
    public boolean goOn(long id, Map<String, String> form, boolean apply, Actor actor) {
        Optional<WaitingFile> file = file(id, actor.id());
        int moved = file.isEmpty()
                ? 0
                : jdbc.sql("""
                                update contact_import set state = :state, progress = 0, problem = null, changed_at = :now
                                where id = :id and account_id = :account and state in ('LOOKED', 'FAILED')
                                """)
                        .param("state", apply ? State.RUNNING.name() : State.LOOKING.name())
                        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                        .param("id", id)
                        .param("account", actor.id())
                        .update();
        if (moved == 0) {
            return false;
        }
        uploads.correct(file.get().id(), actor.id(), ContactCorrections.known(form));
        if (apply) {
            audit.record(
                    actor,
                    "contacts.import",
                    "import/" + id,
                    null,
                    Map.of("sha256", file.get().sha256()));
        }
        go(id, file.get().file().size(), clock.millis());
        return true;
    }

    /** Forgets a list that is not being worked on, or whose work died with its process. */
    public void discard(long id, Actor actor) {
        file(id, actor.id()).ifPresent(file -> uploads.forget(file.id(), actor.id()));
        jdbc.sql("""
                        delete from contact_import
                        where id = :id and account_id = :account
                          and (state in ('LOOKED', 'FAILED')
                               or state in ('LOOKING', 'RUNNING') and changed_at < :long_ago)
                        """)
                .param("id", id)
                .param("account", actor.id())
                .param("long_ago", clock.instant().minus(DEAD_AFTER).atOffset(ZoneOffset.UTC))
                .update();
    }

    private void go(long id, int size, long turn) {
        if (size <= AT_ONCE) {
            work(id);
        } else {
            scheduler.scheduleIfNotExists(WORK.instance(id + "-" + turn).build(), clock.instant());
        }
    }

    /** Does what is to be done with a list. */
    void work(long id) {
        long account = jdbc.sql("select account_id from contact_import where id = :id")
                .param("id", id)
                .query(Long.class)
                .optional()
                .orElse(0L);
        Optional<State> state = jdbc.sql("select state from contact_import where id = :id")
                .param("id", id)
                .query(State.class)
                .optional();
        Optional<WaitingFile> file = file(id, account);
        if (state.isEmpty() || !state.get().atWork() || file.isEmpty()) {
            return;
        }
        boolean apply = state.get() == State.RUNNING;
        try {
            ContactImport.Result result = contactImport.run(
                    file.get().file(),
                    options(file.get().corrections(), apply),
                    ContactCorrections.of(file.get().corrections()),
                    apply ? id : null,
                    percent -> progress(id, percent));
            finish(id, apply ? State.DONE : State.LOOKED, result, null);
            if (apply) {
                uploads.forget(file.get().id(), account);
            }
        } catch (UnreadableFileException unreadable) {
            finish(id, State.FAILED, null, unreadable.say(java.util.Locale.forLanguageTag("es-CO")));
        } catch (RuntimeException failure) {
            // Nothing of it was stored. Left at work, nobody could correct or discard it.
            LOG.error("The contact list of import {} could not be worked on", id, failure);
            finish(
                    id,
                    State.FAILED,
                    null,
                    "Algo falló de nuestro lado y no se guardó nada. Intente de nuevo; si sigue igual, avise a quien administra.");
        }
    }

    private void progress(long id, int percent) {
        apart.executeWithoutResult(status -> jdbc.sql("update contact_import set progress = :percent where id = :id")
                .param("percent", percent)
                .param("id", id)
                .update());
    }

    private void finish(long id, State state, ContactImport.@Nullable Result result, @Nullable String problem) {
        jdbc.sql("""
                        update contact_import set state = :state, progress = 100, report = coalesce(:report::jsonb, report),
                                                  mend = coalesce(:mend, mend), problem = :problem, changed_at = :now
                        where id = :id
                        """)
                .param("state", state.name())
                .param("report", result == null ? null : json.writeValueAsString(shown(result.report())))
                .param("mend", result == null ? null : result.mend())
                .param("problem", problem)
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .param("id", id)
                .update();
    }

    private static ImportReport shown(ImportReport report) {
        return report.withTexts(
                report.problems()
                        .subList(0, Math.min(SHOWN_PROBLEMS, report.problems().size())),
                report.layout());
    }

    private static ImportOptions options(Map<String, String> said, boolean apply) {
        String evidence = said.getOrDefault("evidence", "").strip();
        @Nullable LocalDate day = null;
        try {
            String text = said.getOrDefault("authorised-on", "");
            day = text.isEmpty() ? null : LocalDate.parse(text);
        } catch (DateTimeException noDay) {
            day = null;
        }
        return new ImportOptions(
                apply, Audiences.DEFAULT_PURPOSE, evidence.isEmpty() ? null : evidence, day, said.containsKey("staff"));
    }

    private Optional<WaitingFile> file(long id, long account) {
        return jdbc.sql("select upload_id from contact_import where id = :id and upload_id is not null")
                .param("id", id)
                .query(Long.class)
                .optional()
                .flatMap(upload -> uploads.find(Objects.requireNonNull(upload), account, Uploads.Kind.CONTACTS));
    }

    private Map<String, String> texts(String object) {
        return json.readValue(object, new tools.jackson.core.type.TypeReference<Map<String, String>>() {});
    }
}
