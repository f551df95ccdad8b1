package org.pregonero.dispatcher.task.web;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.pregonero.dispatcher.account.Actor;
import org.pregonero.dispatcher.message.NotFoundException;
import org.pregonero.dispatcher.runtime.Slice;
import org.pregonero.dispatcher.task.Task;
import org.pregonero.dispatcher.task.TaskBook;
import org.pregonero.dispatcher.task.TaskRefusedException;
import org.pregonero.dispatcher.task.TaskReports;
import org.pregonero.templates.Attachment;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/** Tasks of media done by hand. */
@RestController
@RequestMapping("/api/v1/tasks")
class TaskController {

    private final TaskBook tasks;
    private final TaskReports reports;

    TaskController(TaskBook tasks, TaskReports reports) {
        this.tasks = tasks;
        this.reports = reports;
    }

    /** @param next what to pass as {@code after} for the following page; null on the last one */
    record Page(List<Task> tasks, @Nullable Long next) {}

    record NotDone(@NotBlank String because) {}

    @GetMapping
    Page page(
            @RequestParam(required = false) Task.@Nullable State state,
            @RequestParam(required = false) @Nullable Long occurrence,
            @RequestParam(defaultValue = "0") long after,
            @RequestParam(defaultValue = "100") @Min(1) @Max(1000) int limit) {
        var slice = Slice.of(limit, size -> tasks.list(state, occurrence, after, size), Task::id);
        return new Page(slice.rows(), slice.next());
    }

    @GetMapping("/{id}")
    Task task(@PathVariable long id) {
        return tasks.find(id).orElseThrow(() -> new NotFoundException("Esa tarea no existe."));
    }

    /** @param reach people reached, as declared; nobody measured it */
    @PostMapping(path = "/{id}/evidence", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    Task prove(
            @PathVariable long id,
            @RequestPart("file") MultipartFile file,
            @RequestParam String place,
            @RequestParam @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) LocalDate date,
            @RequestParam(required = false) @Nullable Integer reach,
            Actor actor)
            throws IOException {
        reports.prove(id, file.getBytes(), new TaskReports.Statement(place, date, reach), actor);
        return task(id);
    }

    /** As a file to keep, never as something that a browser would run in our name. */
    @GetMapping("/{id}/evidence/{evidence}")
    ResponseEntity<byte[]> file(@PathVariable long id, @PathVariable long evidence) {
        var file = reports.file(id, evidence).orElseThrow(() -> new NotFoundException("Esa evidencia no existe."));
        return download(file);
    }

    /** As a file to keep, never as something that a browser would run in our name. */
    static ResponseEntity<byte[]> download(Attachment file) {
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(file.mediaType()))
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename(file.fileName())
                                .build()
                                .toString())
                .header("Content-Security-Policy", "default-src 'none'; sandbox")
                .body(file.bytes());
    }

    @PostMapping("/{id}/not-done")
    Task notDone(@PathVariable long id, @RequestBody @Valid NotDone request, Actor actor) {
        reports.notDone(id, request.because(), actor);
        return task(id);
    }

    @ExceptionHandler
    ProblemDetail refused(TaskRefusedException refusal, Locale locale) {
        var status = refusal.conflict() ? HttpStatus.CONFLICT : HttpStatus.UNPROCESSABLE_CONTENT;
        var problem = ProblemDetail.forStatusAndDetail(status, refusal.say(locale));
        problem.setTitle("No se puede así");
        return problem;
    }
}
