package org.pregonero.dispatcher.audience.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pregonero.dispatcher.account.Actor;
import org.pregonero.dispatcher.audience.ContactCorrections;
import org.pregonero.dispatcher.audience.ContactField;
import org.pregonero.dispatcher.audience.ContactImports;
import org.pregonero.dispatcher.audience.ContactImports.State;
import org.pregonero.dispatcher.audience.ContactImports.View;
import org.pregonero.dispatcher.tabular.Notice;
import org.pregonero.dispatcher.tabular.TableFormat;
import org.pregonero.dispatcher.tabular.Texts;
import org.pregonero.dispatcher.tabular.UploadedFile;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** A list of contacts in three steps: upload, see what was understood and correct it, confirm. */
@Controller
@RequestMapping("/personas/importar")
class ContactImportPages {

    private final ContactImports imports;
    private final Texts texts = new Texts("audience");

    ContactImportPages(ContactImports imports) {
        this.imports = imports;
    }

    /** A problem of one cell, in the reader's language. */
    record Problem(int row, String column, String value, String reason) {}

    @GetMapping
    String ask(Actor actor, Model model) {
        model.addAttribute("latest", imports.latest(actor));
        return "audience/import";
    }

    @PostMapping
    String receive(
            @RequestParam(name = "file", required = false) @Nullable MultipartFile file,
            Actor actor,
            Locale locale,
            Model model,
            HttpServletResponse response)
            throws IOException {
        if (file == null || file.isEmpty()) {
            return refused(texts.say(Notice.of("contacts.import.none"), locale), actor, model, response);
        }
        long id = imports.begin(new UploadedFile(String.valueOf(file.getOriginalFilename()), file.getBytes()), actor);
        View view = find(id, actor);
        if (view.state() == State.FAILED) {
            imports.discard(id, actor);
            return refused(String.valueOf(view.problem()), actor, model, response);
        }
        return "redirect:/personas/importar/" + id;
    }

    @GetMapping("/{id}")
    String one(@PathVariable long id, Actor actor, Locale locale, Model model) {
        return page(find(id, actor), locale, model);
    }

    /** How far it is; the whole page again once somebody has to do something. */
    @GetMapping("/{id}/avance")
    String progress(@PathVariable long id, Actor actor, Model model, HttpServletResponse response) {
        View view = find(id, actor);
        if (!view.state().atWork()) {
            response.setHeader("HX-Refresh", "true");
        }
        model.addAttribute("list", view);
        return "audience/import-list :: progress";
    }

    @PostMapping("/{id}")
    String correct(@PathVariable long id, @RequestParam Map<String, String> form, Actor actor) {
        find(id, actor);
        imports.goOn(id, form, false, actor);
        return "redirect:/personas/importar/" + id;
    }

    @PostMapping("/{id}/confirmar")
    String confirm(
            @PathVariable long id, @RequestParam Map<String, String> form, Actor actor, RedirectAttributes redirect) {
        find(id, actor);
        if (!imports.goOn(id, form, true, actor)) {
            redirect.addFlashAttribute("notice", "contacts.import.gone");
        }
        return "redirect:/personas/importar/" + id;
    }

    @PostMapping("/{id}/descartar")
    String discard(@PathVariable long id, Actor actor, RedirectAttributes redirect) {
        find(id, actor);
        imports.discard(id, actor);
        redirect.addFlashAttribute("notice", "contacts.import.discarded");
        return "redirect:/personas/importar";
    }

    @GetMapping({"/{id}/corregir.csv", "/{id}/corregir.xlsx"})
    ResponseEntity<StreamingResponseBody> mend(@PathVariable long id, HttpServletRequest request, Actor actor) {
        var rows = imports.mend(id, actor).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        return TableFormat.of(request.getRequestURI()).download("filas-por-corregir", "Por corregir", table -> {
            for (var row : rows) {
                table.row(row.toArray());
            }
        });
    }

    private String refused(String problem, Actor actor, Model model, HttpServletResponse response) {
        response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
        model.addAttribute("problem", problem);
        return ask(actor, model);
    }

    private String page(View view, Locale locale, Model model) {
        model.addAttribute("list", view);
        model.addAttribute("fields", ContactField.values());
        model.addAttribute("others", List.of(ContactCorrections.ATTRIBUTE, ContactCorrections.IGNORED));
        if (view.report() != null) {
            model.addAttribute(
                    "problems",
                    view.report().problems().stream()
                            .map(problem -> new Problem(
                                    problem.row(),
                                    problem.column(),
                                    problem.value(),
                                    texts.say(problem.reason(), locale)))
                            .toList());
        }
        return "audience/import-list";
    }

    private View find(long id, Actor actor) {
        return imports.find(id, actor).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }
}
