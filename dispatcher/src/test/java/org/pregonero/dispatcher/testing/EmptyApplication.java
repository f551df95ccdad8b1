package org.pregonero.dispatcher.testing;

import java.io.File;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Objects;
import org.pregonero.dispatcher.account.Actor;
import org.pregonero.dispatcher.institution.ContactPolicies;
import org.pregonero.dispatcher.sandbox.FailureScript;
import org.pregonero.dispatcher.sandbox.FailureScripts;
import org.pregonero.dispatcher.sandbox.Sandbox;
import org.springframework.context.ApplicationContext;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestExecutionListener;

/** Empties the shared application before a class of tests: only the first administrator is left. */
class EmptyApplication implements TestExecutionListener {

    private static final int ATTEMPTS = 10;

    @Override
    public void beforeTestClass(TestContext test) {
        var application = test.getApplicationContext();
        for (int attempt = 1; ; attempt++) {
            try {
                empty(application);
                return;
            } catch (PessimisticLockingFailureException busy) {
                // what runs in the background held a table the other way round
                if (attempt == ATTEMPTS) {
                    throw busy;
                }
            }
        }
    }

    private static void empty(ApplicationContext application) {
        // The triggers, by which nothing is ever deleted, look away for this once. What the application writes when it
        // starts stays, and so does what is not ours.
        application.getBean(JdbcClient.class).sql("""
                        do $$
                        declare
                            emptied text[] := array (
                                select tablename::text from pg_tables
                                where schemaname = 'public'
                                  and tablename not in ('flyway_schema_history', 'account', 'api_key', 'institution', 'worker',
                                                        'channel_state', 'int_lock', 'data_protection_notice',
                                                        'content_template', 'content_template_version',
                                                        'scheduled_tasks')
                                order by tablename);
                            one text;
                        begin
                            foreach one in array emptied loop
                                execute format('alter table %I disable trigger user', one);
                            end loop;
                            execute 'truncate ' || array_to_string(emptied, ', ');
                            foreach one in array emptied loop
                                execute format('alter table %I enable trigger user', one);
                            end loop;
                            alter table content_template_version disable trigger user;
                            delete from content_template_version where author_id is not null;
                            alter table content_template_version enable trigger user;
                            delete from content_template t
                            where not exists (select from content_template_version v where v.template_id = t.id);
                            delete from scheduled_tasks where task_name = 'fire-occurrence';
                            delete from account where id <> (select min(id) from account);
                            update institution set name = 'Mi entidad', self_approval = default;
                        end
                        $$
                        """).update();
        // looks at the hours and holidays anew
        application.getBean(ContactPolicies.class).remove(Actor.SYSTEM, LocalDate.EPOCH);
        var sandbox = application.getBean(Sandbox.class);
        deleteWhatWasTaken(sandbox.mailbox().directory());
        FailureScripts.CHANNELS.forEach(channel -> sandbox.scripts().play(channel, FailureScript.NONE));
    }

    /** What is still being written keeps its other name and is left alone. */
    private static void deleteWhatWasTaken(Path mails) {
        for (var file : Objects.requireNonNullElse(mails.toFile().listFiles(), new File[0])) {
            if (file.getName().endsWith(".eml") && !file.delete()) {
                throw new IllegalStateException("A mail of an earlier class cannot be deleted");
            }
        }
    }
}
