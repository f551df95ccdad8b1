package org.pregonero.dispatcher.plan.web;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.Valid;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pregonero.dispatcher.account.Actor;
import org.pregonero.dispatcher.account.ChangedMeanwhileException;
import org.pregonero.dispatcher.plan.EventFollowers;
import org.pregonero.dispatcher.plan.PlanEvent;
import org.pregonero.dispatcher.plan.PlanEvents;
import org.pregonero.dispatcher.plan.PlanView;
import org.pregonero.dispatcher.plan.Plans;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The events of a plan. */
@Controller
@RequestMapping("/planes/{plan}/eventos")
class EventPages {

    private final Plans plans;
    private final PlanEvents events;
    private final EventFollowers followers;

    EventPages(Plans plans, PlanEvents events, EventFollowers followers) {
        this.plans = plans;
        this.events = events;
        this.followers = followers;
    }

    @GetMapping("/nuevo")
    String empty(@PathVariable long plan, Model model) {
        model.addAttribute("form", EventForm.EMPTY);
        return page(find(plan), null, model);
    }

    @PostMapping
    String add(
            @PathVariable long plan,
            @Valid @ModelAttribute("form") EventForm form,
            BindingResult result,
            Actor actor,
            Model model,
            HttpServletResponse response,
            RedirectAttributes redirect) {
        PlanView view = find(plan);
        form.check(result);
        if (result.hasErrors()) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            return page(view, null, model);
        }
        events.add(plan, form.event(events.zone()), actor);
        redirect.addFlashAttribute("notice", "plan.event.added");
        return "redirect:/planes/" + plan;
    }

    @GetMapping("/{event}")
    String one(@PathVariable long plan, @PathVariable long event, Model model) {
        PlanEvent one = find(plan, event);
        model.addAttribute("form", EventForm.of(one));
        return page(find(plan), one, model);
    }

    @PostMapping("/{event}")
    String change(
            @PathVariable long plan,
            @PathVariable long event,
            @Valid @ModelAttribute("form") EventForm form,
            BindingResult result,
            Actor actor,
            Model model,
            HttpServletResponse response,
            RedirectAttributes redirect) {
        PlanEvent one = find(plan, event);
        form.check(result);
        if (result.hasErrors()) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            return page(find(plan), one, model);
        }
        try {
            events.change(one, form.version(), form.event(ZoneId.of(one.zone())), actor);
        } catch (ChangedMeanwhileException changed) {
            model.addAttribute("form", form.at(one.version()));
            model.addAttribute("changed", changed);
            model.addAttribute("theirs", EventForm.of(one));
            response.setStatus(HttpStatus.CONFLICT.value());
            return page(find(plan), one, model);
        }
        redirect.addFlashAttribute("notice", "plan.event.saved");
        return "redirect:/planes/" + plan + (followers.of(event).isEmpty() ? "" : "/eventos/" + event);
    }

    @PostMapping("/{event}/quitar")
    String remove(
            @PathVariable long plan,
            @PathVariable long event,
            Actor actor,
            Model model,
            HttpServletResponse response,
            RedirectAttributes redirect) {
        PlanEvent one = find(plan, event);
        if (!events.remove(one, actor)) {
            model.addAttribute("form", EventForm.of(one));
            model.addAttribute("inUse", true);
            response.setStatus(HttpStatus.CONFLICT.value());
            return page(find(plan), one, model);
        }
        redirect.addFlashAttribute("notice", "plan.event.removed");
        return "redirect:/planes/" + plan;
    }

    private String page(PlanView plan, @Nullable PlanEvent event, Model model) {
        model.addAttribute("followers", event == null ? List.of() : followers.of(event.id()));
        model.addAttribute("plan", plan);
        model.addAttribute("event", event);
        return "plan/event";
    }

    private PlanView find(long plan) {
        return plans.view(plan).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }

    private PlanEvent find(long plan, long event) {
        return events.find(event)
                .filter(one -> one.planId() == plan)
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }
}
