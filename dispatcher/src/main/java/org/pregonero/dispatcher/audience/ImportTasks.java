package org.pregonero.dispatcher.audience;

import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.time.Duration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What this module does while nobody waits for it. */
@Configuration(proxyBeanMethods = false)
class ImportTasks {

    private static final Duration BETWEEN_COUNTS = Duration.ofMinutes(1);

    /** A list too long for its owner to wait. */
    @Bean
    OneTimeTask<Void> contactImportWork(ObjectProvider<ContactImports> imports) {
        return Tasks.oneTime(ContactImports.WORK).execute((instance, context) -> imports.getObject()
                .work(Long.parseLong(instance.getId().replaceFirst("-.*", ""))));
    }

    /** By one process at a time. */
    @Bean
    RecurringTask<Void> countAudiences(ObjectProvider<AudienceFigures> figures) {
        return Tasks.recurring("count-audiences", FixedDelay.of(BETWEEN_COUNTS))
                .execute((instance, context) -> figures.getObject().countStale());
    }
}
