package org.pregonero.dispatcher.task.web;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.pregonero.dispatcher.account.Actor;
import org.pregonero.dispatcher.runtime.Slice;
import org.pregonero.dispatcher.task.Task;
import org.pregonero.dispatcher.task.TaskBook;
import org.pregonero.dispatcher.task.TaskRefusedException;
import org.pregonero.dispatcher.task.TaskReports;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What people do by hand, as pages: what is to be done, and the evidence that it was. */
@Controller
class TaskPages {

    private static final int ROWS = 50;

    private final TaskBook tasks;
    private final TaskReports reports;

    TaskPages(TaskBook tasks, TaskReports reports) {
        this.tasks = tasks;
        this.reports = reports;
    }

    @GetMapping("/tareas")
    String list(
            @RequestParam(name = "estado", required = false) Task.@Nullable State state,
            @RequestParam(name = "despues", defaultValue = "0") long after,
            Model model) {
        var slice = state == Task.State.OPEN
                ? new Slice<>(tasks.open(ROWS), null)
                : Slice.of(ROWS, size -> tasks.list(state, null, after, size), Task::id);
        model.addAttribute("tasks", slice.rows());
        model.addAttribute("state", state);
        model.addAttribute("states", List.of(Task.State.values()));
        model.addAttribute("next", slice.next());
        return "task/tasks";
    }

    @GetMapping("/tareas/{id}")
    String task(@PathVariable long id, Model model) {
        model.addAttribute("task", find(id));
        return "task/task";
    }

    /** @param reach people reached, as declared; nobody measured it */
    @PostMapping(path = "/tareas/{id}/evidencia", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    String prove(
            @PathVariable long id,
            @RequestParam("file") MultipartFile file,
            @RequestParam(defaultValue = "") String place,
            @RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) @Nullable LocalDate date,
            @RequestParam(required = false) @Nullable Integer reach,
            Actor actor,
            Locale locale,
            Model model,
            HttpServletResponse response,
            RedirectAttributes redirect)
            throws IOException {
        try {
            if (date == null) {
                throw TaskRefusedException.wrong("day");
            }
            reports.prove(id, file.getBytes(), new TaskReports.Statement(place, date, reach), actor);
        } catch (TaskRefusedException refusal) {
            model.addAttribute("place", place);
            model.addAttribute("date", date);
            model.addAttribute("reach", reach);
            return refused(id, refusal, locale, model, response);
        }
        redirect.addFlashAttribute("notice", "task.proved");
        return "redirect:/tareas/" + id;
    }

    @PostMapping("/tareas/{id}/no-hecha")
    String notDone(
            @PathVariable long id,
            @RequestParam(defaultValue = "") String because,
            Actor actor,
            Locale locale,
            Model model,
            HttpServletResponse response,
            RedirectAttributes redirect) {
        try {
            reports.notDone(id, because, actor);
        } catch (TaskRefusedException refusal) {
            model.addAttribute("because", because);
            return refused(id, refusal, locale, model, response);
        }
        redirect.addFlashAttribute("notice", "task.notDone");
        return "redirect:/tareas/" + id;
    }

    @GetMapping("/tareas/{id}/evidencia/{evidence}")
    ResponseEntity<byte[]> file(@PathVariable long id, @PathVariable long evidence) {
        return reports.file(id, evidence)
                .map(TaskController::download)
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }

    /** The same page with what was typed and what is wrong with it. */
    private String refused(
            long id, TaskRefusedException refusal, Locale locale, Model model, HttpServletResponse response) {
        response.setStatus((refusal.conflict() ? HttpStatus.CONFLICT : HttpStatus.UNPROCESSABLE_CONTENT).value());
        model.addAttribute("refusal", refusal.say(locale));
        return task(id, model);
    }

    private Task find(long id) {
        return tasks.find(id).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }
}
