package org.pregonero.dispatcher.inbound.web;

import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.pregonero.dispatcher.delivery.Acknowledgements;
import org.pregonero.dispatcher.delivery.Acknowledgements.Notice;
import org.pregonero.dispatcher.delivery.NoticeTitles;
import org.pregonero.dispatcher.institution.Institutions;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;

/**
 * Where a person acknowledges a notice. Looking at the page changes nothing, since mail scanners open every link; only
 * the button does.
 */
@Controller
@RequestMapping("/enterado/{token}")
class AcknowledgementPages {

    private static final Pattern TOKEN = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private final Acknowledgements acknowledgements;
    private final NoticeTitles titles;
    private final Institutions institutions;

    AcknowledgementPages(Acknowledgements acknowledgements, NoticeTitles titles, Institutions institutions) {
        this.acknowledgements = acknowledgements;
        this.titles = titles;
        this.institutions = institutions;
    }

    @GetMapping
    String ask(@PathVariable String token, Model model, HttpServletResponse response) {
        return page(find(token), model, response);
    }

    @PostMapping
    String acknowledge(@PathVariable String token, Model model, HttpServletResponse response) {
        find(token).ifPresent(acknowledgements::acknowledge);
        return page(find(token), model, response);
    }

    private String page(Optional<Notice> notice, Model model, HttpServletResponse response) {
        var institution = institutions.current();
        model.addAttribute("institution", institution);
        if (notice.isEmpty()) {
            response.setStatus(HttpStatus.NOT_FOUND.value());
            return "inbound/no-notice";
        }
        var at = notice.get().acknowledgedAt();
        model.addAttribute("title", titles.of(notice.get()));
        model.addAttribute("at", at == null ? null : at.atZone(institution.zone()));
        return "inbound/acknowledgement";
    }

    /** A link that a mail program has cut short is as unknown as one that somebody made up. */
    private Optional<Notice> find(String token) {
        return TOKEN.matcher(token).matches() ? acknowledgements.find(UUID.fromString(token)) : Optional.empty();
    }
}
