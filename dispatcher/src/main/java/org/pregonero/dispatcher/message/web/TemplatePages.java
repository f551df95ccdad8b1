package org.pregonero.dispatcher.message.web;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.pregonero.dispatcher.account.Actor;
import org.pregonero.dispatcher.message.ContentTemplates;
import org.pregonero.dispatcher.message.ContentTemplates.ContentTemplate;
import org.pregonero.dispatcher.message.Contents;
import org.pregonero.dispatcher.message.Drafting;
import org.pregonero.dispatcher.message.RefusedException;
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

/** Texts to begin messages with. */
@Controller
class TemplatePages {

    private final ContentTemplates templates;
    private final Drafting drafting;
    private final Contents contents;
    private final Composer composer;
    private final Attaching attaching;

    TemplatePages(
            ContentTemplates templates, Drafting drafting, Contents contents, Composer composer, Attaching attaching) {
        this.templates = templates;
        this.drafting = drafting;
        this.contents = contents;
        this.composer = composer;
        this.attaching = attaching;
    }

    @GetMapping("/plantillas")
    String list(Model model) {
        model.addAttribute("templates", templates.all());
        return "message/templates";
    }

    @GetMapping("/plantillas/{id}")
    String one(@PathVariable long id, Model model) {
        var template = find(id);
        model.addAttribute("template", template);
        model.addAttribute("history", templates.history(id));
        model.addAttribute("sections", composer.sections(form(template)));
        return "message/template";
    }

    @GetMapping("/plantillas/{id}/editar")
    String edit(@PathVariable long id, Model model) {
        return show(id, form(find(id)), List.of(), model);
    }

    @PostMapping("/plantillas/{id}/editar")
    String save(
            @PathVariable long id,
            @RequestParam MultiValueMap<String, String> fields,
            @RequestParam MultiValueMap<String, MultipartFile> files,
            Actor actor,
            Locale locale,
            Model model,
            HttpServletResponse response,
            RedirectAttributes next)
            throws IOException {
        var newest = find(id);
        var mistakes = new ArrayList<Mistake>();
        var typed = new LinkedMultiValueMap<>(fields);
        attaching.take(typed, files, actor, mistakes);
        var form = MessageForm.read(typed, contents, form(newest));
        var add = typed.getFirst("add");
        var remove = typed.getFirst("remove");
        if (mistakes.isEmpty() && add != null && contents.channels().contains(add)) {
            return show(id, form.with(add, composer.fresh(add, locale)), List.of(), model);
        }
        if (mistakes.isEmpty() && (remove != null || typed.getFirst("attach") != null)) {
            return show(id, remove == null ? form : form.without(remove), List.of(), model);
        }
        if (mistakes.isEmpty()) {
            try {
                templates.revise(
                        id,
                        form.basis() == null ? 0 : form.basis(),
                        form.title(),
                        form.purpose(),
                        form.channels(),
                        actor);
                next.addFlashAttribute("notice", "template.saved");
                return "redirect:/plantillas/" + id;
            } catch (RefusedException refused) {
                mistakes.add(new Mistake("", String.valueOf(refused.getMessage())));
            }
        }
        var stale = form.basis() == null || form.basis() != newest.number();
        response.setStatus(stale ? HttpStatus.CONFLICT.value() : HttpStatus.UNPROCESSABLE_CONTENT.value());
        return show(id, form.basedOn(newest.number()), mistakes, model);
    }

    /** Of what a message says. */
    @PostMapping("/mensajes/{id}/plantilla")
    String keep(@PathVariable long id, Actor actor, RedirectAttributes next) {
        var version = drafting.find(id);
        var template = templates.write(version.title(), "", version.channels(), actor);
        next.addFlashAttribute("notice", "template.saved");
        return "redirect:/plantillas/" + template + "/editar";
    }

    @PostMapping("/plantillas/{id}/retirar")
    String retire(@PathVariable long id, Actor actor, RedirectAttributes next) {
        templates.retire(id, actor);
        next.addFlashAttribute("notice", "template.retired");
        return "redirect:/plantillas";
    }

    private String show(long id, MessageForm form, List<Mistake> mistakes, Model model) {
        model.addAttribute("template", id);
        composer.show(form, mistakes, model);
        model.addAttribute("ordered", false);
        return "message/template-edit";
    }

    private static MessageForm form(ContentTemplate template) {
        var empty = MessageForm.empty();
        return new MessageForm(
                template.name(),
                template.description(),
                null,
                List.of(),
                empty.mode(),
                empty.turns(),
                empty.patience(),
                template.channels(),
                template.number());
    }

    private ContentTemplate find(long id) {
        return templates.find(id).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }
}
