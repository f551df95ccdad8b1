package org.pregonero.dispatcher.audience.web;

import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.jspecify.annotations.Nullable;
import org.pregonero.dispatcher.account.Actor;
import org.pregonero.dispatcher.audience.ContactCorrections;
import org.pregonero.dispatcher.audience.ContactField;
import org.pregonero.dispatcher.audience.ContactImports;
import org.pregonero.dispatcher.audience.ContactImports.State;
import org.pregonero.dispatcher.audience.ContactImports.View;
import org.pregonero.dispatcher.tabular.Notice;
import org.pregonero.dispatcher.tabular.TableReader;
import org.pregonero.dispatcher.tabular.TableRow;
import org.pregonero.dispatcher.tabular.Texts;
import org.pregonero.dispatcher.tabular.UploadedFile;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
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
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** A list of contacts in three steps: upload, see what was understood and correct it, confirm. */
@Controller
@RequestMapping("/personas/importar")
class ContactImportPages {

    private static final MediaType CSV = new MediaType("text", "csv", StandardCharsets.UTF_8);
    private static final MediaType XLSX =
            MediaType.parseMediaType("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");

    private final ContactImports imports;
    private final TableReader tables;
    private final Texts texts = new Texts("audience");

    ContactImportPages(ContactImports imports, TableReader tables) {
        this.imports = imports;
        this.tables = tables;
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

    @GetMapping("/{id}/corregir.csv")
    ResponseEntity<byte[]> mendCsv(@PathVariable long id, Actor actor) {
        return file("filas-por-corregir.csv", CSV, mend(id, actor));
    }

    @GetMapping("/{id}/corregir.xlsx")
    ResponseEntity<byte[]> mendWorkbook(@PathVariable long id, Actor actor) throws IOException {
        List<TableRow> rows =
                tables.read(new UploadedFile("filas.csv", mend(id, actor))).rows();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Workbook workbook = new Workbook(out, "Pregonero", "1.0")) {
            Worksheet sheet = workbook.newWorksheet("Por corregir");
            for (int r = 0; r < rows.size(); r++) {
                for (int c = 0; c < rows.get(r).width(); c++) {
                    String text = rows.get(r).cell(c);
                    if (!text.isEmpty()) {
                        // a text cell is never computed, so that it needs no apostrophe
                        sheet.value(r, c, text.matches("(?s)'[=+\\-@].*") ? text.substring(1) : text);
                    }
                }
            }
        }
        return file("filas-por-corregir.xlsx", XLSX, out.toByteArray());
    }

    private byte[] mend(long id, Actor actor) {
        return imports.mend(id, actor)
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND))
                .getBytes(StandardCharsets.UTF_8);
    }

    private static ResponseEntity<byte[]> file(String name, MediaType type, byte[] content) {
        return ResponseEntity.ok()
                .contentType(type)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment().filename(name).build().toString())
                .body(content);
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
