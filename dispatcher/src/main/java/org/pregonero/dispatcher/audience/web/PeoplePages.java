package org.pregonero.dispatcher.audience.web;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.PastOrPresent;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pregonero.dispatcher.account.Actor;
import org.pregonero.dispatcher.audience.AudienceBook;
import org.pregonero.dispatcher.audience.Exclusions;
import org.pregonero.dispatcher.audience.People;
import org.pregonero.dispatcher.audience.PersonDesk;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The people, those who must not be written to, and those whose yes nobody can show. */
@Controller
class PeoplePages {

    private static final int PAGE = 100;

    private final People people;
    private final Exclusions exclusions;
    private final AudienceBook audiences;
    private final PersonDesk desk;

    PeoplePages(People people, Exclusions exclusions, AudienceBook audiences, PersonDesk desk) {
        this.people = people;
        this.exclusions = exclusions;
        this.audiences = audiences;
        this.desk = desk;
    }

    /** The proof that was missing, for many at once. */
    // missing until it is checked
    @SuppressWarnings("MultipleNullnessAnnotations")
    record ProofForm(
            @Nullable Long audience,
            @Nullable Long list,

            @NotNull(message = "{person.day.required}")
            @PastOrPresent(message = "{person.day.future}")
            @DateTimeFormat(iso = DateTimeFormat.ISO.DATE)
            @Nullable
            LocalDate day,

            @NotBlank(message = "{person.evidence.required}") @Size(max = 500, message = "{person.text.long}")
            String evidence) {}

    @GetMapping("/personas")
    String all(
            @RequestParam(name = "publico", required = false) @Nullable Long audience,
            @RequestParam(name = "despues", defaultValue = "0") long after,
            Model model) {
        return list("", audience, after, model);
    }

    /** By POST, so that no name and no address gets into the address of a page. */
    @PostMapping("/personas")
    String search(
            @RequestParam(name = "texto", defaultValue = "") String text,
            @RequestParam(name = "publico", required = false) @Nullable Long audience,
            @RequestParam(name = "despues", defaultValue = "0") long after,
            Model model) {
        return list(text.length() > 200 ? text.substring(0, 200) : text, audience, after, model);
    }

    private String list(String text, @Nullable Long audience, long after, Model model) {
        List<People.Row> found = people.search(text, audience, false, after, PAGE + 1);
        List<People.Row> shown = found.subList(0, Math.min(PAGE, found.size()));
        model.addAttribute("people", shown);
        model.addAttribute("next", found.size() > PAGE ? shown.get(PAGE - 1).id() : null);
        model.addAttribute("text", text);
        model.addAttribute("audience", audience);
        model.addAttribute("after", after);
        model.addAttribute("audiences", audiences.names());
        return "audience/people";
    }

    @GetMapping("/personas/sin-prueba")
    String unproven(Model model) {
        model.addAttribute("form", new ProofForm(null, null, null, ""));
        return unprovenPage(model);
    }

    @PostMapping("/personas/sin-prueba")
    String prove(
            @Valid @ModelAttribute("form") ProofForm form,
            BindingResult result,
            Actor actor,
            Model model,
            HttpServletResponse response,
            RedirectAttributes redirect) {
        if (form.audience() == null && form.list() == null) {
            result.reject("person.prove.whose");
        }
        if (result.hasErrors() || form.day() == null) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            return unprovenPage(model);
        }
        int proven = desk.prove(
                form.audience(), form.list(), form.day(), form.evidence().strip(), actor);
        redirect.addFlashAttribute("notice", "person.proven");
        redirect.addFlashAttribute("noticeArguments", new Object[] {proven});
        return "redirect:/personas/sin-prueba";
    }

    private String unprovenPage(Model model) {
        model.addAttribute("lists", exclusions.unproven());
        model.addAttribute("people", people.search("", null, true, 0, PAGE));
        model.addAttribute("audiences", audiences.names());
        return "audience/unproven";
    }

    @GetMapping("/bajas")
    String optOuts(@RequestParam(name = "antes", defaultValue = "0") long before, Model model) {
        List<Exclusions.OptOut> found = exclusions.optOuts(before, PAGE + 1);
        model.addAttribute("optOuts", found.subList(0, Math.min(PAGE, found.size())));
        model.addAttribute("next", found.size() > PAGE ? found.get(PAGE - 1).id() : null);
        return "audience/opt-outs";
    }

    @GetMapping("/bajas/direcciones")
    String suppressed(@RequestParam(name = "antes", defaultValue = "0") long before, Model model) {
        List<Exclusions.Suppressed> found = exclusions.suppressed(before, PAGE + 1);
        model.addAttribute("suppressed", found.subList(0, Math.min(PAGE, found.size())));
        model.addAttribute("next", found.size() > PAGE ? found.get(PAGE - 1).id() : null);
        return "audience/opt-outs";
    }
}
