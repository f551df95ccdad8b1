package org.pregonero.dispatcher.message.web;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pregonero.dispatcher.account.Actor;
import org.pregonero.dispatcher.message.ContentTemplates;
import org.pregonero.dispatcher.message.Contents;
import org.pregonero.dispatcher.message.Drafting;
import org.pregonero.dispatcher.message.MessageVersion;
import org.pregonero.dispatcher.message.RefusedException;
import org.pregonero.dispatcher.message.StaleVersionException;
import org.pregonero.dispatcher.message.web.Composer.Mistake;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Writing a message, and correcting one. */
@Controller
class ComposePages {

    private final Drafting drafting;
    private final Contents contents;
    private final Composer composer;
    private final Attaching attaching;
    private final Changes changes;
    private final ContentTemplates templates;
    private final FromPlan fromPlan;

    ComposePages(
            Drafting drafting,
            Contents contents,
            Composer composer,
            Attaching attaching,
            Changes changes,
            ContentTemplates templates,
            FromPlan fromPlan) {
        this.drafting = drafting;
        this.contents = contents;
        this.composer = composer;
        this.attaching = attaching;
        this.changes = changes;
        this.templates = templates;
        this.fromPlan = fromPlan;
    }

    /** Empty, or with what a template or an action of a plan says. */
    @GetMapping("/mensajes/nuevo")
    String blank(
            @RequestParam(name = "plantilla", required = false) @Nullable Long template,
            @RequestParam(name = "accion", required = false) @Nullable Long action,
            Locale locale,
            Model model) {
        var form = Optional.of(MessageForm.empty());
        if (template != null) {
            form = templates
                    .find(template)
                    .map(found -> MessageForm.empty().titled(found.name()).withChannels(found.channels()));
        } else if (action != null) {
            var begun = fromPlan.begin(action, locale);
            model.addAttribute("begun", begun.orElse(null));
            form = begun.map(FromPlan.Begun::form);
        }
        composer.show(form.orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND)), List.of(), model);
        return "message/edit";
    }

    @GetMapping("/mensajes/{id}/editar")
    String edit(@PathVariable long id, Model model) {
        var version = drafting.find(id);
        model.addAttribute("message", id);
        composer.show(MessageForm.of(version), List.of(), model);
        return "message/edit";
    }

    @PostMapping("/mensajes/nuevo")
    String write(
            @RequestParam MultiValueMap<String, String> fields,
            @RequestParam MultiValueMap<String, MultipartFile> files,
            Actor actor,
            Locale locale,
            Model model,
            HttpServletResponse response,
            RedirectAttributes next)
            throws IOException {
        return keep(null, fields, files, actor, locale, model, response, next);
    }

    @PostMapping("/mensajes/{id}/editar")
    String correct(
            @PathVariable long id,
            @RequestParam MultiValueMap<String, String> fields,
            @RequestParam MultiValueMap<String, MultipartFile> files,
            Actor actor,
            Locale locale,
            Model model,
            HttpServletResponse response,
            RedirectAttributes next)
            throws IOException {
        model.addAttribute("message", id);
        return keep(id, fields, files, actor, locale, model, response, next);
    }

    private String keep(
            @Nullable Long message,
            MultiValueMap<String, String> fields,
            MultiValueMap<String, MultipartFile> files,
            Actor actor,
            Locale locale,
            Model model,
            HttpServletResponse response,
            RedirectAttributes next)
            throws IOException {
        var mistakes = new ArrayList<Mistake>();
        var typed = new LinkedMultiValueMap<>(fields);
        attaching.take(typed, files, actor, mistakes);
        typed.set("message", message == null ? "" : message.toString());
        var action = MessageForm.number(Objects.requireNonNullElse(typed.getFirst("accion"), ""));
        if (message == null && action != null) {
            model.addAttribute("begun", fromPlan.begin(action, locale).orElse(null));
        }
        var form = composer.read(typed);
        var add = typed.getFirst("add");
        var remove = typed.getFirst("remove");
        if (mistakes.isEmpty() && add != null && contents.channels().contains(add)) {
            return again(form.with(add, composer.fresh(add, locale)), List.of(), 200, model, response);
        }
        if (mistakes.isEmpty() && remove != null) {
            return again(form.without(remove), List.of(), 200, model, response);
        }
        if (mistakes.isEmpty() && typed.getFirst("attach") != null) {
            return again(form, List.of(), 200, model, response);
        }
        mistakes.addAll(composer.mistakes(form, locale));
        if (!mistakes.isEmpty()) {
            return again(form, mistakes, 422, model, response);
        }
        try {
            var saved = message == null
                    ? drafting.write(composer.draft(form), actor)
                    : drafting.revise(message, composer.draft(form), form.basis(), actor);
            if (message == null && action != null) {
                fromPlan.keep(action, saved.messageId());
            }
            next.addFlashAttribute("notice", "message.saved");
            next.addFlashAttribute("noticeArguments", new Object[] {saved.number()});
            return "redirect:/mensajes/" + saved.messageId();
        } catch (RefusedException refused) {
            return again(form, List.of(new Mistake("", String.valueOf(refused.getMessage()))), 422, model, response);
        } catch (StaleVersionException stale) {
            return conflict(form, stale.newest(), locale, model, response);
        }
    }

    private String again(
            MessageForm form, List<Mistake> mistakes, int status, Model model, HttpServletResponse response) {
        response.setStatus(status);
        composer.show(form, mistakes, model);
        return "message/edit";
    }

    /** Shows both texts. What was typed stays in the form; who saves again has seen what goes away. */
    private String conflict(
            MessageForm form, MessageVersion newest, Locale locale, Model model, HttpServletResponse response) {
        model.addAttribute("newest", newest);
        model.addAttribute("author", changes.author(newest));
        model.addAttribute("changes", changes.between(MessageForm.of(newest), form, locale));
        return again(form.basedOn(newest.number()), List.of(), 409, model, response);
    }
}
