package org.pregonero.dispatcher.audience.web;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.PastOrPresent;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.pregonero.dispatcher.account.Actor;
import org.pregonero.dispatcher.account.ChangedMeanwhileException;
import org.pregonero.dispatcher.audience.AudienceBook;
import org.pregonero.dispatcher.audience.People;
import org.pregonero.dispatcher.audience.People.Person;
import org.pregonero.dispatcher.audience.PersonDesk;
import org.pregonero.dispatcher.audience.PersonDraft;
import org.pregonero.dispatcher.tabular.Texts;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** One person: what is known, what they decided, and what the office does for them. */
@Controller
@RequestMapping("/personas/{id}")
class PersonPages {

    private final People people;
    private final PersonDesk desk;
    private final AudienceBook audiences;
    private final Texts texts = new Texts("audience");
    private final JsonMapper json =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    PersonPages(People people, PersonDesk desk, AudienceBook audiences) {
        this.people = people;
        this.desk = desk;
        this.audiences = audiences;
    }

    /** What a person writes of a person; addresses one in each line. */
    record PersonForm(
            @NotBlank(message = "{person.name.required}") @Size(max = 300, message = "{person.text.long}")
            String name,

            @Size(max = 300, message = "{person.text.long}") @Nullable
            String position,

            @Size(max = 300, message = "{person.text.long}") @Nullable
            String organisation,

            @Size(max = 2000, message = "{person.text.long}") @Nullable
            String emails,

            @Size(max = 2000, message = "{person.text.long}") @Nullable
            String phones,

            @Nullable String preferred,
            @Nullable List<Long> audiences,
            int version) {

        static PersonForm of(Person person) {
            return new PersonForm(
                    person.name(),
                    person.position(),
                    person.organisation(),
                    String.join("\n", person.valid("EMAIL")),
                    String.join("\n", person.valid("PHONE")),
                    person.preferredChannel(),
                    person.audiences().stream()
                            .filter(audience -> !audience.byFilter())
                            .map(People.Membership::id)
                            .toList(),
                    person.version());
        }

        PersonForm at(int other) {
            return new PersonForm(name, position, organisation, emails, phones, preferred, audiences, other);
        }

        PersonDraft draft() {
            return new PersonDraft(
                    name.strip(),
                    orNull(position),
                    orNull(organisation),
                    preferred != null && PersonDesk.CHANNELS.contains(preferred) ? preferred : null,
                    lines(emails),
                    lines(phones),
                    audiences == null ? List.of() : audiences);
        }

        static List<String> lines(@Nullable String text) {
            return text == null
                    ? List.of()
                    : text.lines()
                            .map(String::strip)
                            .filter(line -> !line.isEmpty())
                            .toList();
        }

        private static @Nullable String orNull(@Nullable String text) {
            return text == null || text.isBlank() ? null : text.strip();
        }
    }

    /** A yes that somebody can show. */
    // missing until it is checked
    @SuppressWarnings("MultipleNullnessAnnotations")
    record GrantForm(
            @NotEmpty(message = "{person.channels.required}") @Nullable
            List<String> channels,

            @NotNull(message = "{person.day.required}")
            @PastOrPresent(message = "{person.day.future}")
            @DateTimeFormat(iso = DateTimeFormat.ISO.DATE)
            @Nullable
            LocalDate day,

            @NotBlank(message = "{person.evidence.required}") @Size(max = 500, message = "{person.text.long}")
            String evidence,

            @Size(max = 50, message = "{person.text.long}") @Nullable
            String wording) {

        static final GrantForm EMPTY = new GrantForm(List.of(), null, "", null);
    }

    /** A no. */
    record RevokeForm(
            @NotEmpty(message = "{person.channels.required}") @Nullable
            List<String> channels,

            @NotBlank(message = "{person.means.required}") @Size(max = 500, message = "{person.text.long}")
            String means) {

        static final RevokeForm EMPTY = new RevokeForm(List.of(), "");
    }

    @GetMapping
    String one(@PathVariable long id, Model model) {
        return page(find(id), model);
    }

    @PostMapping
    String change(
            @PathVariable long id,
            @Valid @ModelAttribute("form") PersonForm form,
            BindingResult result,
            Actor actor,
            Locale locale,
            Model model,
            HttpServletResponse response,
            RedirectAttributes redirect) {
        Person person = living(id);
        check("emails", "EMAIL", form.emails(), result, locale);
        check("phones", "PHONE", form.phones(), result, locale);
        if (result.hasErrors()) {
            return invalid(person, model, response);
        }
        try {
            desk.change(person, form.version(), form.draft(), actor);
        } catch (ChangedMeanwhileException changed) {
            model.addAttribute("form", form.at(person.version()));
            model.addAttribute("changed", changed);
            model.addAttribute("theirs", PersonForm.of(person));
            response.setStatus(HttpStatus.CONFLICT.value());
            return page(person, model);
        }
        return done(id, "person.saved", redirect);
    }

    @PostMapping("/autorizacion")
    String authorise(
            @PathVariable long id,
            @Valid @ModelAttribute("grant") GrantForm form,
            BindingResult result,
            Actor actor,
            Model model,
            HttpServletResponse response,
            RedirectAttributes redirect) {
        Person person = living(id);
        if (result.hasErrors() || form.day() == null) {
            return invalid(person, model, response);
        }
        desk.authorise(
                person, known(form.channels()), form.day(), form.evidence().strip(), form.wording(), actor);
        return done(id, "person.authorised", redirect);
    }

    @PostMapping("/revocacion")
    String revoke(
            @PathVariable long id,
            @Valid @ModelAttribute("revocation") RevokeForm form,
            BindingResult result,
            Actor actor,
            Model model,
            HttpServletResponse response,
            RedirectAttributes redirect) {
        Person person = living(id);
        if (result.hasErrors()) {
            return invalid(person, model, response);
        }
        desk.revoke(person, known(form.channels()), form.means().strip(), "account/" + actor.id(), actor);
        return done(id, "person.revoked", redirect);
    }

    @PostMapping("/supresion")
    String erase(
            @PathVariable long id,
            @RequestParam(name = "excluir", defaultValue = "false") boolean keepExcluded,
            Actor actor,
            RedirectAttributes redirect) {
        desk.erase(living(id), keepExcluded, actor);
        return done(id, "person.erased", redirect);
    }

    /** All that is known of a person, for that person. */
    @GetMapping("/datos.json")
    ResponseEntity<String> data(@PathVariable long id) {
        Person person = find(id);
        ObjectNode all = json.valueToTree(person);
        desk.known(person).forEach(part -> all.setAll((ObjectNode) json.readTree(part)));
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename("persona-" + id + ".json")
                                .build()
                                .toString())
                .body(json.writeValueAsString(all));
    }

    private void check(String field, String kind, @Nullable String written, BindingResult result, Locale locale) {
        for (String address : PersonForm.lines(written)) {
            desk.wrong(kind, address)
                    .ifPresent(
                            reason -> result.rejectValue(field, "wrong", address + ": " + texts.say(reason, locale)));
        }
    }

    private static List<String> known(@Nullable List<String> channels) {
        return channels == null
                ? List.of()
                : channels.stream().filter(PersonDesk.CHANNELS::contains).toList();
    }

    private String invalid(Person person, Model model, HttpServletResponse response) {
        response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
        return page(person, model);
    }

    private static String done(long id, String notice, RedirectAttributes redirect) {
        redirect.addFlashAttribute("notice", notice);
        return "redirect:/personas/" + id;
    }

    private String page(Person person, Model model) {
        model.addAttribute("person", person);
        model.addAttribute(
                "lists",
                audiences.names().stream().filter(name -> !name.byFilter()).toList());
        model.addAttribute("channels", PersonDesk.CHANNELS);
        if (!model.containsAttribute("form")) {
            model.addAttribute("form", PersonForm.of(person));
        }
        if (!model.containsAttribute("grant")) {
            model.addAttribute("grant", GrantForm.EMPTY);
        }
        if (!model.containsAttribute("revocation")) {
            model.addAttribute("revocation", RevokeForm.EMPTY);
        }
        return "audience/person";
    }

    private Person find(long id) {
        return people.find(id).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }

    private Person living(long id) {
        return people.find(id)
                .filter(person -> person.erasedAt() == null)
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }
}
