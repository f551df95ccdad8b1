package org.pregonero.dispatcher.task;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What is done for tasks again and again, by one of the processes that dispatch at a time. */
@Configuration(proxyBeanMethods = false)
class TaskRounds {

    @Bean
    RecurringTask<Void> taskRound(
            TaskProperties properties,
            ObjectProvider<TaskBook> tasks,
            ObjectProvider<TaskReports> reports,
            ObjectProvider<TaskReminders> reminders,
            ObjectProvider<OfficeMails> mails) {
        return Tasks.recurring("task-round", FixedDelay.of(properties.round())).execute((instance, context) -> {
            tasks.getObject().writeDown();
            reports.getObject().carryOver();
            reminders.getObject().write();
            mails.getObject().send();
        });
    }
}
