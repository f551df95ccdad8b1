package org.pregonero.dispatcher.sandbox.web;

import java.util.LinkedHashMap;
import org.pregonero.dispatcher.sandbox.FailureScript;
import org.pregonero.dispatcher.sandbox.FailureScript.Trouble;
import org.pregonero.dispatcher.sandbox.FailureScripts;
import org.pregonero.dispatcher.sandbox.Sandbox;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Makes the simulated providers fail on purpose. */
@Controller
@ConditionalOnBean(Sandbox.class)
@RequestMapping("/sandbox/fallas")
class FailurePages {

    private final Sandbox sandbox;

    FailurePages(Sandbox sandbox) {
        this.sandbox = sandbox;
    }

    @GetMapping
    String failures(Model model) {
        var scripts = new LinkedHashMap<String, FailureScript>();
        FailureScripts.CHANNELS.forEach(
                channel -> scripts.put(channel, sandbox.scripts().of(channel)));
        model.addAttribute("scripts", scripts);
        model.addAttribute("none", FailureScript.NONE);
        model.addAttribute("troubles", Trouble.values());
        return "sandbox/failures";
    }

    @PostMapping
    String play(
            @RequestParam("canal") String channel,
            @RequestParam(name = "invalidos", defaultValue = "0") int invalid,
            @RequestParam(name = "rebotes", defaultValue = "0") int bounced,
            @RequestParam(name = "problema", defaultValue = "NONE") Trouble trouble,
            @RequestParam(name = "solicitudes", defaultValue = "0") int requests,
            @RequestParam(name = "espera", defaultValue = "30") int retryAfter,
            @RequestParam(name = "tarde", defaultValue = "false") boolean late,
            @RequestParam(name = "desordenados", defaultValue = "false") boolean shuffled,
            @RequestParam(name = "repetidos", defaultValue = "false") boolean duplicated,
            RedirectAttributes next) {
        try {
            sandbox.scripts()
                    .play(
                            channel,
                            new FailureScript(
                                    invalid, bounced, trouble, requests, retryAfter, late, shuffled, duplicated));
            next.addFlashAttribute("played", channel);
        } catch (IllegalArgumentException e) {
            next.addFlashAttribute("refused", true);
        }
        return "redirect:/sandbox/fallas";
    }
}
