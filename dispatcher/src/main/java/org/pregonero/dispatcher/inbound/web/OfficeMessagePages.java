package org.pregonero.dispatcher.inbound.web;

import org.pregonero.dispatcher.account.Actor;
import org.pregonero.dispatcher.inbound.OfficeMessages;
import org.pregonero.dispatcher.runtime.Slice;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What people wrote to the office: to be read, and noted as attended to. */
@Controller
class OfficeMessagePages {

    private static final int ROWS = 50;

    private final OfficeMessages messages;

    OfficeMessagePages(OfficeMessages messages) {
        this.messages = messages;
    }

    @GetMapping("/respuestas")
    String list(
            @RequestParam(name = "todas", defaultValue = "false") boolean all,
            @RequestParam(name = "antes", defaultValue = "" + Long.MAX_VALUE) long before,
            Model model) {
        var slice = Slice.of(ROWS, size -> messages.newest(!all, before, size), OfficeMessages.OfficeMessage::id);
        model.addAttribute("messages", slice.rows());
        model.addAttribute("all", all);
        model.addAttribute("next", slice.next());
        return "inbound/office-messages";
    }

    @PostMapping("/respuestas/{id}/atendida")
    String attended(@PathVariable long id, Actor actor, RedirectAttributes redirect) {
        redirect.addFlashAttribute(
                "notice", messages.attended(id, actor) ? "reply.attended.noted" : "reply.attended.before");
        return "redirect:/respuestas";
    }
}
