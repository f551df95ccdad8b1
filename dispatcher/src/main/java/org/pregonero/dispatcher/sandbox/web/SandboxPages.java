package org.pregonero.dispatcher.sandbox.web;

import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pregonero.dispatcher.runtime.FileKind;
import org.pregonero.dispatcher.sandbox.PhoneMessage;
import org.pregonero.dispatcher.sandbox.Sandbox;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The tray of the sandbox: what each recipient would have seen, and what they would have answered. */
@Controller
@ConditionalOnBean(Sandbox.class)
@RequestMapping("/sandbox")
class SandboxPages {

    private static final int CARDS = 20;
    private static final int BUBBLES = 50;
    private static final int LONGEST_REPLY = 1600;
    private static final List<String> CHANNELS = List.of("EMAIL", "WHATSAPP", "SMS", "X", "FACEBOOK", "POSTER");

    /** A mail is foreign matter: nothing in it runs, nothing is fetched, and it knows nothing of the page around it. */
    private static final String MAIL_POLICY = "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none';"
            + " img-src data:; style-src 'unsafe-inline'; frame-ancestors 'self'";

    private static final Set<FileKind> PICTURES = EnumSet.of(FileKind.PNG, FileKind.JPEG, FileKind.WEBP);

    private final Sandbox sandbox;
    private final Tray tray;
    private final ApprovedTemplates templates;

    SandboxPages(Sandbox sandbox, Tray tray, ApprovedTemplates templates) {
        this.sandbox = sandbox;
        this.tray = tray;
        this.templates = templates;
    }

    @GetMapping
    String tray(
            @RequestParam(name = "canal", required = false) @Nullable String channel,
            @RequestParam(name = "quien", required = false) @Nullable String recipient,
            @RequestParam(name = "pagina", defaultValue = "1") int page,
            Model model) {
        String wanted = channel == null || channel.isBlank() ? null : channel;
        String who = recipient == null || recipient.isBlank() ? null : recipient;
        int number = Math.max(1, page);
        var cards = tray.cards(wanted, who, (number - 1L) * CARDS, CARDS + 1);
        model.addAttribute("cards", cards.stream().limit(CARDS).toList());
        model.addAttribute("more", cards.size() > CARDS);
        model.addAttribute("page", number);
        model.addAttribute("channels", CHANNELS);
        model.addAttribute("channel", wanted);
        model.addAttribute("recipient", who);
        model.addAttribute("templates", templates);
        return "sandbox/tray";
    }

    /** Addresses of people stay out of addresses of pages. */
    @PostMapping("/buscar")
    String find(@RequestParam("direccion") String part, RedirectAttributes next) {
        if (part.isBlank()) {
            return "redirect:/sandbox";
        }
        tray.find(part.strip())
                .ifPresentOrElse(key -> next.addAttribute("quien", key), () -> next.addFlashAttribute("nobody", true));
        return "redirect:/sandbox";
    }

    @GetMapping("/correo/{id}/html")
    ResponseEntity<String> mail(@PathVariable String id) {
        var mail = tray.mail(id).filter(SandboxMail::isHtml).orElseThrow(SandboxPages::notFound);
        return ResponseEntity.ok()
                .header("Content-Security-Policy", MAIL_POLICY)
                .contentType(new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8))
                .body(mail.page());
    }

    @GetMapping("/imagen/{id}")
    ResponseEntity<byte[]> picture(@PathVariable String id) {
        byte[] picture = sandbox.outbox().readPicture(id).orElseThrow(SandboxPages::notFound);
        FileKind kind = FileKind.of(picture).filter(PICTURES::contains).orElseThrow(SandboxPages::notFound);
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(kind.mediaType()))
                .body(picture);
    }

    @GetMapping("/conversacion/{id}")
    String conversation(@PathVariable String id, Model model) {
        PhoneMessage one = tray.phone(id).orElseThrow(SandboxPages::notFound);
        model.addAttribute("one", one);
        model.addAttribute("messages", tray.conversation(one, BUBBLES));
        model.addAttribute("templates", templates);
        return "sandbox/conversation";
    }

    @PostMapping("/conversacion/{id}")
    String reply(@PathVariable String id, @RequestParam("texto") String text, RedirectAttributes next) {
        PhoneMessage one = tray.phone(id).orElseThrow(SandboxPages::notFound);
        if (text.isBlank() || text.length() > LONGEST_REPLY) {
            next.addFlashAttribute("refused", true);
        } else {
            next.addFlashAttribute("reply", sandbox.reply(one.channel(), one.person(), text.strip()));
        }
        return "redirect:/sandbox/conversacion/" + one.id() + "#responder";
    }

    private static ResponseStatusException notFound() {
        return new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
}
