package org.pregonero.dispatcher.delivery.web;

import org.jspecify.annotations.Nullable;
import org.pregonero.dispatcher.account.Actor;
import org.pregonero.dispatcher.delivery.DeliveryState;
import org.pregonero.dispatcher.delivery.OccurrenceControl;
import org.pregonero.dispatcher.delivery.Retrying;
import org.pregonero.dispatcher.delivery.Settlement;
import org.pregonero.dispatcher.message.Occurrences;
import org.pregonero.dispatcher.message.RefusedException;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What a person may do about a sending: stop it, let it go on, send again what failed, say what became of what is in doubt. */
@Controller
class OccurrenceActions {

    private final Occurrences occurrences;
    private final OccurrenceControl control;
    private final Retrying retrying;
    private final Settlement settlement;

    OccurrenceActions(Occurrences occurrences, OccurrenceControl control, Retrying retrying, Settlement settlement) {
        this.occurrences = occurrences;
        this.control = control;
        this.retrying = retrying;
        this.settlement = settlement;
    }

    @PostMapping("/envios/{id}/pausar")
    String pause(@PathVariable long id, Actor actor, RedirectAttributes redirect) {
        return back(id, control.pause(id, actor) ? "occurrence.paused" : "occurrence.notRunning", null, redirect);
    }

    @PostMapping("/envios/{id}/reanudar")
    String resume(@PathVariable long id, Actor actor, RedirectAttributes redirect) {
        return back(id, control.resume(id, actor) ? "occurrence.resumed" : "occurrence.notPaused", null, redirect);
    }

    /** Asks before anything is cancelled, since that cannot be undone. */
    @GetMapping("/envios/{id}/cancelar")
    String askToCancel(@PathVariable long id, Model model) {
        model.addAttribute(
                "occurrence",
                occurrences.find(id).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND)));
        return "delivery/cancel";
    }

    @PostMapping("/envios/{id}/cancelar")
    String cancel(@PathVariable long id, Actor actor, RedirectAttributes redirect) {
        return back(id, control.cancel(id, actor) ? "occurrence.cancelled" : "occurrence.ended", null, redirect);
    }

    @PostMapping("/envios/{id}/reintentar")
    String retry(
            @PathVariable long id,
            @RequestParam String channel,
            @RequestParam DeliveryState state,
            @RequestParam String reason,
            Actor actor,
            RedirectAttributes redirect) {
        try {
            var again = retrying.retry(id, channel, state, reason, actor);
            return again == 0
                    ? back(id, "occurrence.retried.none", null, redirect)
                    : back(id, "occurrence.retried", again, redirect);
        } catch (RefusedException refusal) {
            redirect.addFlashAttribute("refusal", refusal.getMessage());
            return "redirect:/envios/" + id;
        }
    }

    /** A person says what became of all deliveries in doubt of one cause. */
    @PostMapping("/envios/{id}/verificar")
    String settleAll(
            @PathVariable long id,
            @RequestParam String channel,
            @RequestParam String reason,
            @RequestParam Settlement.Finding finding,
            Actor actor,
            RedirectAttributes redirect) {
        return back(id, "occurrence.settled", settlement.settleAll(id, channel, reason, finding, actor), redirect);
    }

    /** A person says what became of one delivery in doubt. */
    @PostMapping("/entregas/{id}/verificar")
    String settle(
            @PathVariable long id, @RequestParam Settlement.Finding finding, Actor actor, RedirectAttributes redirect) {
        redirect.addFlashAttribute(
                "notice", settlement.settle(id, finding, actor) ? "delivery.settled" : "delivery.notInDoubt");
        return "redirect:/entregas/" + id;
    }

    private static String back(long id, String notice, @Nullable Integer number, RedirectAttributes redirect) {
        redirect.addFlashAttribute("notice", notice);
        if (number != null) {
            redirect.addFlashAttribute("noticeArguments", new Object[] {number});
        }
        return "redirect:/envios/" + id;
    }
}
