package org.pregonero.dispatcher.message.web;

import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.pregonero.dispatcher.account.Actor;
import org.pregonero.dispatcher.message.Contents;
import org.pregonero.dispatcher.message.Drafting;
import org.pregonero.dispatcher.message.MessageVersion;
import org.pregonero.dispatcher.message.RefusedException;
import org.pregonero.dispatcher.message.TestSending;
import org.pregonero.dispatcher.message.web.Composer.Mistake;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Trying a message out on oneself. */
@Controller
class TestPages {

    private final Drafting drafting;
    private final Contents contents;
    private final TestSending tests;

    TestPages(Drafting drafting, Contents contents, TestSending tests) {
        this.drafting = drafting;
        this.contents = contents;
        this.tests = tests;
    }

    @GetMapping("/mensajes/{id}/prueba")
    String form(@PathVariable long id, Model model) {
        return show(drafting.find(id), "", "", List.of(), model);
    }

    @PostMapping("/mensajes/{id}/prueba")
    String send(
            @PathVariable long id,
            @RequestParam(defaultValue = "") String channel,
            @RequestParam(defaultValue = "") String address,
            Actor actor,
            Model model,
            HttpServletResponse response,
            RedirectAttributes next) {
        var version = drafting.find(id);
        try {
            tests.send(version, channel, address, actor);
        } catch (RefusedException refused) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            return show(
                    version,
                    channel,
                    address,
                    List.of(new Mistake("address", String.valueOf(refused.getMessage()))),
                    model);
        }
        next.addFlashAttribute("notice", "message.test.sent");
        return "redirect:/mensajes/" + id;
    }

    private String show(MessageVersion version, String channel, String address, List<Mistake> mistakes, Model model) {
        model.addAttribute("version", version);
        model.addAttribute("channel", channel);
        model.addAttribute("address", address);
        model.addAttribute("mistakes", mistakes);
        model.addAttribute(
                "channels",
                version.channels().keySet().stream()
                        .filter(code -> contents.known(code) && contents.personal(code))
                        .toList());
        return "message/test";
    }
}
