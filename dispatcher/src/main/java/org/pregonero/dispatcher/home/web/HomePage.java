package org.pregonero.dispatcher.home.web;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.pregonero.dispatcher.delivery.ChannelControl;
import org.pregonero.dispatcher.home.Agenda;
import org.pregonero.dispatcher.task.Task;
import org.pregonero.dispatcher.task.TaskBook;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** The first page: only what needs the person who is signed in. The template shows each what their roles may do. */
@Controller
class HomePage {

    private static final int TASKS = 8;

    /** What is due later does not need anybody today. */
    private static final Duration SOON = Duration.ofDays(7);

    private final Agenda agenda;
    private final ChannelControl channels;
    private final TaskBook tasks;
    private final Clock clock;

    HomePage(Agenda agenda, ChannelControl channels, TaskBook tasks, Clock clock) {
        this.agenda = agenda;
        this.channels = channels;
        this.tasks = tasks;
        this.clock = clock;
    }

    @GetMapping("/")
    String home(Model model) {
        var stopped = channels.all().stream()
                .filter(channel -> channel.pausedBy() != null && channels.installed(channel.channel()))
                .toList();
        model.addAttribute("steps", agenda.firstSteps());
        model.addAttribute("toApprove", agenda.toApprove());
        model.addAttribute("returned", agenda.returned());
        model.addAttribute("held", agenda.held());
        model.addAttribute("troubles", agenda.troubles());
        model.addAttribute("stopped", stopped);
        model.addAttribute("tasks", dueTasks());
        model.addAttribute("openMessages", agenda.openMessages());
        model.addAttribute("coming", agenda.next());
        return "home/home";
    }

    private List<Task> dueTasks() {
        var until = clock.instant().plus(SOON);
        return tasks.open(TASKS).stream()
                .filter(task -> task.due().isBefore(until))
                .toList();
    }
}
