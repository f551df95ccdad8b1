package org.pregonero.dispatcher.task;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import org.pregonero.dispatcher.delivery.Outages;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * What is done for tasks again and again, by one of the processes that dispatch at a time; a step that fails does not keep
 * the others from their work.
 */
@Configuration(proxyBeanMethods = false)
class TaskRounds {

    @Bean
    RecurringTask<Void> taskRound(
            TaskProperties properties,
            ObjectProvider<TaskBook> tasks,
            ObjectProvider<TaskReports> reports,
            ObjectProvider<TaskReminders> reminders,
            ObjectProvider<OfficeMails> mails) {
        var writing = new Outages("Writing down tasks");
        var carrying = new Outages("Carrying over what was reported of tasks");
        var reminding = new Outages("Reminding of tasks");
        var sending = new Outages("Sending mails to the office");
        return Tasks.recurring("task-round", FixedDelay.of(properties.round())).execute((instance, context) -> {
            writing.watch(() -> tasks.getObject().writeDown());
            carrying.watch(() -> reports.getObject().carryOver());
            reminding.watch(() -> reminders.getObject().write());
            sending.watch(() -> mails.getObject().send());
        });
    }
}
