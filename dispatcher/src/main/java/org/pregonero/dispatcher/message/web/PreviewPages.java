package org.pregonero.dispatcher.message.web;

import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.pregonero.dispatcher.audience.SamplePeople;
import org.pregonero.dispatcher.institution.Institutions;
import org.pregonero.dispatcher.message.Contents;
import org.pregonero.dispatcher.message.Drafting;
import org.pregonero.dispatcher.message.Occurrences;
import org.pregonero.dispatcher.message.Previews;
import org.pregonero.dispatcher.message.Previews.Preview;
import org.pregonero.templates.PostPicture;
import org.pregonero.templates.RenderedEmail;
import org.pregonero.templates.RenderedPost;
import org.pregonero.templates.RenderedPoster;
import org.pregonero.templates.RenderedSms;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/**
 * What a message looks like on a channel, for one person after the other. The look itself is a document of its own, in a frame:
 * a mail brings its own styles, which the pages around it do not allow, and nothing in it runs or is fetched.
 */
@Controller
class PreviewPages {

    private static final String POLICY = "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src data:; "
            + "base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

    private static final int PEOPLE = 20;

    private final Drafting drafting;
    private final Occurrences occurrences;
    private final Previews previews;
    private final Contents contents;
    private final Composer composer;
    private final SamplePeople people;
    private final Institutions institutions;

    PreviewPages(
            Drafting drafting,
            Occurrences occurrences,
            Previews previews,
            Contents contents,
            Composer composer,
            SamplePeople people,
            Institutions institutions) {
        this.drafting = drafting;
        this.occurrences = occurrences;
        this.previews = previews;
        this.contents = contents;
        this.composer = composer;
        this.people = people;
        this.institutions = institutions;
    }

    @GetMapping("/mensajes/{id}/vista/{channel}")
    String page(
            @PathVariable long id,
            @PathVariable String channel,
            @RequestParam(name = "persona", required = false) @Nullable Long person,
            Model model) {
        var version = drafting.find(id);
        if (!version.channels().containsKey(channel)) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        var samples = contents.personal(channel) ? people.of(version.audienceIds(), PEOPLE) : java.util.List.of();
        model.addAttribute("version", version);
        model.addAttribute("channel", channel);
        model.addAttribute("samples", samples);
        model.addAttribute("person", person == null ? first(samples) : person);
        return "message/preview";
    }

    private static @Nullable Long first(java.util.List<?> samples) {
        return samples.isEmpty() || !(samples.get(0) instanceof SamplePeople.Sample sample) ? null : sample.id();
    }

    @GetMapping("/mensajes/{id}/marco/{channel}")
    String frame(
            @PathVariable long id,
            @PathVariable String channel,
            @RequestParam(name = "envio", required = false) @Nullable Long sending,
            @RequestParam(name = "persona", required = false) @Nullable Long person,
            Model model,
            HttpServletResponse response) {
        if (sending == null) {
            return show(previews.of(drafting.find(id), channel, person), model, response);
        }
        var occurrence = occurrences.find(sending).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        var version = drafting.version(occurrence.versionId());
        if (version.messageId() != id) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        return show(previews.of(occurrence, version, channel, person), model, response);
    }

    /** Of what is being written. */
    @PostMapping("/mensajes/vista/{channel}")
    String draft(
            @PathVariable String channel,
            @RequestParam MultiValueMap<String, String> form,
            Model model,
            HttpServletResponse response) {
        var message = composer.read(form);
        var plan = message.channels().get(channel);
        if (plan == null) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        var text = String.valueOf(form.getFirst("person"));
        var person = text.matches("\\d{1,18}") ? Long.valueOf(text) : null;
        return show(previews.of(channel, plan, message.event(), person), model, response);
    }

    private String show(Preview preview, Model model, HttpServletResponse response) {
        response.setHeader("Content-Security-Policy", POLICY);
        response.setHeader("X-Frame-Options", "SAMEORIGIN");
        response.setHeader("Cache-Control", "no-store");
        var content = preview.content();
        model.addAttribute("preview", preview);
        model.addAttribute("content", content);
        model.addAttribute("kind", content == null ? "" : content.getClass().getSimpleName());
        model.addAttribute("institution", institutions.current().withoutLogo());
        if (content instanceof RenderedEmail mail) {
            model.addAttribute("html", html(mail));
        } else if (content instanceof RenderedSms sms) {
            model.addAttribute("segments", sms.segments());
        } else if (content instanceof RenderedPost post && post.picture() != null) {
            PostPicture picture = post.picture();
            model.addAttribute("picture", data(picture.mediaType(), picture.data()));
        } else if (content instanceof RenderedPoster poster) {
            model.addAttribute("picture", data("image/png", poster.picture(1000)));
        }
        return "message/look";
    }

    /** The mail's own pictures inside it, so that nothing is to be fetched. */
    private static String html(RenderedEmail mail) {
        var html = mail.html();
        for (var image : mail.images()) {
            html = html.replace("cid:" + image.contentId(), data(image.mediaType(), image.bytes()));
        }
        return html;
    }

    private static String data(String mediaType, byte[] bytes) {
        return "data:" + mediaType + ";base64,"
                + new String(Base64.getEncoder().encode(bytes), StandardCharsets.US_ASCII);
    }
}
