package org.pregonero.dispatcher.site.web;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.UUID;
import java.util.regex.Pattern;
import org.pregonero.dispatcher.site.Clicks;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.server.ResponseStatusException;

/** Leads from a message's link to its target, and counts on the way. */
@Controller
class CountedLinks {

    /** Mail scanners, link previews of messengers and networks, and tools; by what they call themselves. */
    private static final Pattern PROGRAM = Pattern.compile(
            "(?i)bot\\b|bot/|crawl|spider|scan|preview|proxy|facebookexternalhit|whatsapp|telegram|slack|discord|skype"
                    + "|barracuda|mimecast|proofpoint|safelinks|curl|wget|python|java/|okhttp|go-http|headless|monitor");

    private final Clicks clicks;

    CountedLinks(Clicks clicks) {
        this.clicks = clicks;
    }

    @GetMapping("/i/{token}/{link}")
    ResponseEntity<Void> follow(@PathVariable UUID token, @PathVariable int link, HttpServletRequest request) {
        var target = clicks.follow(token, link, scanner(request))
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        return ResponseEntity.status(HttpStatus.FOUND)
                .location(URI.create(target))
                .cacheControl(CacheControl.noStore())
                .header("X-Robots-Tag", "noindex")
                .build();
    }

    /** A browser in a person's hands names itself and a language, and does not fetch ahead. */
    private static boolean scanner(HttpServletRequest request) {
        var browser = request.getHeader(HttpHeaders.USER_AGENT);
        return !"GET".equals(request.getMethod())
                || browser == null
                || PROGRAM.matcher(browser).find()
                || request.getHeader(HttpHeaders.ACCEPT_LANGUAGE) == null
                || request.getHeader("Sec-Purpose") != null
                || "prefetch".equalsIgnoreCase(request.getHeader("Purpose"))
                || "prefetch".equalsIgnoreCase(request.getHeader("X-Moz"));
    }
}
