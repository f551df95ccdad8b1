package org.pregonero.dispatcher.inbound.web;

import jakarta.servlet.http.HttpServletResponse;
import java.util.UUID;
import org.pregonero.dispatcher.delivery.PersonalDeliveries.PersonalDelivery;
import org.pregonero.dispatcher.inbound.OptOuts;
import org.pregonero.dispatcher.institution.Institutions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
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

    private static final Logger log = LoggerFactory.getLogger(OptOutPages.class);

    private final OptOuts optOuts;
    private final Institutions institutions;

    OptOutPages(OptOuts optOuts, Institutions institutions) {
        this.optOuts = optOuts;
        this.institutions = institutions;
    }

    @GetMapping
    String ask(@PathVariable UUID token, Model model) {
        return page(find(token), "ASK", model);
    }

    @PostMapping
    String optOut(@PathVariable UUID token, Model model, HttpServletResponse response) {
        var delivery = find(token);
        try {
            optOuts.optOut(delivery, "enlace de baja");
            return page(delivery, "DONE", model);
        } catch (DataAccessException e) {
            log.warn("An opt-out could not be written down: {}", e.getClass().getSimpleName());
            response.setStatus(HttpStatus.SERVICE_UNAVAILABLE.value());
            response.setHeader(HttpHeaders.RETRY_AFTER, "60");
            return page(delivery, "LATER", model);
        }
    }

    private String page(PersonalDelivery delivery, String step, Model model) {
        model.addAttribute("institution", institutions.current());
        model.addAttribute("channel", delivery.channel().code());
        model.addAttribute("step", step);
        return "inbound/opt-out";
    }

    private PersonalDelivery find(UUID token) {
        return optOuts.find(token).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }
}
