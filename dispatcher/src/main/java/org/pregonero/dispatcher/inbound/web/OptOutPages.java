package org.pregonero.dispatcher.inbound.web;

import java.util.UUID;
import org.pregonero.dispatcher.delivery.PersonalDeliveries.PersonalDelivery;
import org.pregonero.dispatcher.inbound.OptOuts;
import org.pregonero.dispatcher.institution.Institutions;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.server.ResponseStatusException;

/**
 * Where a person opts out. Looking at the page changes nothing, since mail scanners open every link; only the button, or
 * a mail program's one-click request (RFC 8058), does.
 */
@Controller
@RequestMapping("/baja/{token}")
class OptOutPages {

    private final OptOuts optOuts;
    private final Institutions institutions;

    OptOutPages(OptOuts optOuts, Institutions institutions) {
        this.optOuts = optOuts;
        this.institutions = institutions;
    }

    @GetMapping
    String ask(@PathVariable UUID token, Model model) {
        return page(find(token), false, model);
    }

    @PostMapping
    String optOut(@PathVariable UUID token, Model model) {
        var delivery = find(token);
        optOuts.optOut(delivery, "enlace de baja");
        return page(delivery, true, model);
    }

    private String page(PersonalDelivery delivery, boolean done, Model model) {
        model.addAttribute("institution", institutions.current());
        model.addAttribute("channel", delivery.channel().code());
        model.addAttribute("done", done);
        return "inbound/opt-out";
    }

    private PersonalDelivery find(UUID token) {
        return optOuts.find(token).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }
}
