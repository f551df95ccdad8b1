package org.pregonero.dispatcher.delivery.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.pregonero.channels.Channel;
import org.pregonero.channels.CheckResult;
import org.pregonero.dispatcher.account.Actor;
import org.pregonero.dispatcher.delivery.ChannelControl;
import org.pregonero.dispatcher.delivery.ChannelControl.ChannelView;
import org.pregonero.dispatcher.delivery.ChannelControl.Limits;
import org.pregonero.dispatcher.delivery.ChannelControl.Load;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The channels: whether each works, if not why and what to do, and how much it has to do. */
@Controller
class ChannelPages {

    /** Those that Pregonero brings, in the order in which an office thinks of them. What an installation adds follows. */
    private static final List<String> KNOWN =
            List.of("EMAIL", "WHATSAPP", "SMS", "WEB", "FACEBOOK", "X", "INTERNAL", "POSTER", "BY_HAND");

    private final ChannelControl channels;
    private final Wording wording;

    ChannelPages(ChannelControl channels, Wording wording) {
        this.channels = channels;
        this.wording = wording;
    }

    /**
     * A channel on the page.
     *
     * @param view null for a channel that this installation never had
     */
    record Card(
            String code,
            boolean installed,
            @Nullable ChannelView view,
            @Nullable Load load,
            Limits limits) {

        public boolean paused() {
            return view != null && view.pausedBy() != null;
        }
    }

    @GetMapping("/canales")
    String all(Model model) {
        var views = channels.all().stream().collect(Collectors.toMap(ChannelView::channel, Function.identity()));
        var loads = channels.loads().stream().collect(Collectors.toMap(Load::channel, Function.identity()));
        var codes = new ArrayList<>(KNOWN);
        views.keySet().stream().filter(code -> !KNOWN.contains(code)).sorted().forEach(codes::add);
        var cards = codes.stream()
                .map(code -> new Card(
                        code,
                        channels.installed(code),
                        views.get(code),
                        loads.get(code),
                        channels.limits(new Channel(code))))
                .toList();
        model.addAttribute("cards", cards.stream().filter(Card::installed).toList());
        model.addAttribute(
                "missing", cards.stream().filter(card -> !card.installed()).toList());
        return "delivery/channels";
    }

    @PostMapping("/canales/{channel}/pausar")
    String pause(@PathVariable String channel, Actor actor, RedirectAttributes redirect, Locale locale) {
        channels.pause(known(channel), actor);
        return back("channel.paused", channel, redirect, locale);
    }

    @PostMapping("/canales/{channel}/reanudar")
    String resume(@PathVariable String channel, Actor actor, RedirectAttributes redirect, Locale locale) {
        channels.resume(known(channel), actor);
        return back("channel.resumed", channel, redirect, locale);
    }

    /** Asks the provider now; sends nothing. */
    @PostMapping("/canales/{channel}/revisar")
    String check(@PathVariable String channel, Actor actor, RedirectAttributes redirect, Locale locale) {
        var result = channels.check(known(channel), actor);
        if (result instanceof CheckResult.Failed failed) {
            redirect.addFlashAttribute("checked", channel);
            redirect.addFlashAttribute(
                    "reason", wording.reason(failed.reason().code().name(), locale));
            redirect.addFlashAttribute("detail", failed.reason().detail());
            redirect.addFlashAttribute("advice", failed.advice());
            return "redirect:/canales#" + channel;
        }
        return back("channel.well", channel, redirect, locale);
    }

    private String back(String notice, String channel, RedirectAttributes redirect, Locale locale) {
        redirect.addFlashAttribute("notice", notice);
        redirect.addFlashAttribute("noticeArguments", new Object[] {wording.channel(channel, locale)});
        return "redirect:/canales";
    }

    private Channel known(String code) {
        return channels.all().stream()
                .map(view -> new Channel(view.channel()))
                .filter(channel -> channel.code().equals(code) && channels.installed(code))
                .findFirst()
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }
}
