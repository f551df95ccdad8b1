package org.pregonero.dispatcher.site.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.UUID;
import java.util.regex.Pattern;
import org.pregonero.dispatcher.site.Clicks;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.server.ResponseStatusException;

/** Leads from a message's link to its target, and counts on the way. */
@Controller
class CountedLinks {

    /**
     * Mail scanners, link previews of messengers and networks, and tools; by what they call themselves. The browsers
     * inside of such applications, and those of programs that read QR codes, are people's.
     */
    private static final Pattern PROGRAM = Pattern.compile(
            "(?i)bot\\b|crawl|spider|preview|proxy|facebookexternalhit|^whatsapp/|urlscan|linkscan|virus|barracuda|mimecast"
                    + "|proofpoint|safelinks|curl|wget|python|java[-/]|okhttp|go-http|headless|monitor");

    private final Clicks clicks;

    CountedLinks(Clicks clicks) {
        this.clicks = clicks;
    }

    @GetMapping("/i/{token}/{link}")
    ResponseEntity<Void> follow(@PathVariable UUID token, @PathVariable int link, HttpServletRequest request) {
        var target = clicks.follow(token, link, scanner(request))
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        return ResponseEntity.status(HttpStatus.FOUND)
                .header(HttpHeaders.LOCATION, printable(target))
                .cacheControl(CacheControl.noStore())
                // the delivery's token is not the target's business
                .header("Referrer-Policy", "no-referrer")
                .header("X-Robots-Tag", "noindex")
                .build();
    }

    /** What a header cannot carry is percent-encoded (RFC 3986, 2.1); the rest is as it was approved. */
    private static String printable(String url) {
        var out = new StringBuilder(url.length());
        for (var octet : url.getBytes(StandardCharsets.UTF_8)) {
            if (octet > ' ' && octet < 0x7f) {
                out.append((char) octet);
            } else {
                out.append('%').append(HexFormat.of().withUpperCase().toHexDigits(octet));
            }
        }
        return out.toString();
    }

    /** An address that was copied incompletely leads nowhere. */
    @ExceptionHandler(MethodArgumentTypeMismatchException.class)
    void incomplete(HttpServletResponse response) throws IOException {
        response.sendError(HttpServletResponse.SC_NOT_FOUND);
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
