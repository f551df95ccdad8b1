package org.pregonero.dispatcher.plan.web;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pregonero.dispatcher.account.Actor;
import org.pregonero.dispatcher.account.ChangedMeanwhileException;
import org.pregonero.dispatcher.plan.ActionMessages;
import org.pregonero.dispatcher.plan.PlanAction;
import org.pregonero.dispatcher.plan.PlanView;
import org.pregonero.dispatcher.plan.PlannedAction;
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
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** One action of a plan: what it says, and the way to its message. */
@Controller
@RequestMapping("/planes/{plan}/acciones")
class ActionPages {

    private final Plans plans;
    private final ActionMessages messages;

    ActionPages(Plans plans, ActionMessages messages) {
        this.plans = plans;
        this.messages = messages;
    }

    /** What a person writes of an action; several audiences or people, one in each line. */
    record ActionForm(
            @NotBlank(message = "{plan.action.name.required}") @Size(max = 1000, message = "{plan.text.long}")
            String name,

            @Size(max = 5000, message = "{plan.text.long}") @Nullable
            String description,

            @Size(max = 300, message = "{plan.text.long}") @Nullable
            String scope,

            @Nullable Long stage,

            @Size(max = 2000, message = "{plan.text.long}") @Nullable
            String audiences,

            @Size(max = 500, message = "{plan.text.long}") @Nullable
            String frequency,

            @Size(max = 2000, message = "{plan.text.long}") @Nullable
            String responsible,

            @Size(max = 2000, message = "{plan.text.long}") @Nullable
            String indicator,

            int version) {

        static ActionForm of(PlannedAction action) {
            PlanAction says = action.says();
            return new ActionForm(
                    says.name(),
                    says.description(),
                    says.scope(),
                    action.stageId(),
                    String.join("\n", says.audiences()),
                    says.frequency(),
                    String.join("\n", says.responsible()),
                    says.indicator(),
                    action.version());
        }

        ActionForm at(int other) {
            return new ActionForm(name, description, scope, stage, audiences, frequency, responsible, indicator, other);
        }

        PlanAction action() {
            return new PlanAction(
                    name.strip(),
                    orNull(description),
                    orNull(scope),
                    null,
                    lines(audiences),
                    orNull(frequency),
                    lines(responsible),
                    orNull(indicator),
                    Map.of(),
                    0);
        }

        private static @Nullable String orNull(@Nullable String text) {
            return text == null || text.isBlank() ? null : text.strip();
        }

        private static List<String> lines(@Nullable String text) {
            return text == null
                    ? List.of()
                    : text.lines()
                            .map(String::strip)
                            .filter(line -> !line.isEmpty())
                            .toList();
        }
    }

    @GetMapping("/nueva")
    String empty(@PathVariable long plan, @RequestParam(required = false) @Nullable Long etapa, Model model) {
        model.addAttribute("form", new ActionForm("", null, null, etapa, null, null, null, null, 0));
        return page(find(plan), null, model);
    }

    @PostMapping
    String add(
            @PathVariable long plan,
            @Valid @ModelAttribute("form") ActionForm form,
            BindingResult result,
            Actor actor,
            Model model,
            HttpServletResponse response,
            RedirectAttributes redirect) {
        PlanView view = find(plan);
        if (result.hasErrors()) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            return page(view, null, model);
        }
        long id = plans.addAction(plan, form.stage(), form.action(), actor);
        redirect.addFlashAttribute("notice", "plan.action.added");
        return "redirect:/planes/" + plan + "/acciones/" + id;
    }

    @GetMapping("/{action}")
    String one(@PathVariable long plan, @PathVariable long action, Model model) {
        PlannedAction one = find(plan, action);
        model.addAttribute("form", ActionForm.of(one));
        return page(find(plan), one, model);
    }

    @PostMapping("/{action}")
    String change(
            @PathVariable long plan,
            @PathVariable long action,
            @Valid @ModelAttribute("form") ActionForm form,
            BindingResult result,
            Actor actor,
            Model model,
            HttpServletResponse response,
            RedirectAttributes redirect) {
        PlannedAction one = find(plan, action);
        if (result.hasErrors()) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            return page(find(plan), one, model);
        }
        try {
            plans.changeAction(one, form.version(), form.stage(), form.action(), actor);
        } catch (ChangedMeanwhileException changed) {
            model.addAttribute("form", form.at(one.version()));
            model.addAttribute("changed", changed);
            model.addAttribute("theirs", ActionForm.of(one));
            response.setStatus(HttpStatus.CONFLICT.value());
            return page(find(plan), one, model);
        }
        redirect.addFlashAttribute("notice", "plan.saved");
        return "redirect:/planes/" + plan + "/acciones/" + action;
    }

    @PostMapping("/{action}/quitar")
    String remove(
            @PathVariable long plan,
            @PathVariable long action,
            @RequestParam int version,
            Actor actor,
            Model model,
            HttpServletResponse response,
            RedirectAttributes redirect) {
        PlannedAction one = find(plan, action);
        try {
            plans.removeAction(one, version, actor);
        } catch (ChangedMeanwhileException changed) {
            model.addAttribute("form", ActionForm.of(one));
            model.addAttribute("changed", changed);
            response.setStatus(HttpStatus.CONFLICT.value());
            return page(find(plan), one, model);
        }
        redirect.addFlashAttribute("notice", "plan.action.removed");
        return "redirect:/planes/" + plan;
    }

    private String page(PlanView plan, @Nullable PlannedAction action, Model model) {
        model.addAttribute("plan", plan);
        if (action != null) {
            model.addAttribute(
                    "written",
                    messages.ofPlan(plan.id()).stream()
                            .filter(one -> one.actionId() == action.id())
                            .toList());
        }
        model.addAttribute("action", action);
        return "plan/action";
    }

    private PlanView find(long plan) {
        return plans.view(plan).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }

    private PlannedAction find(long plan, long action) {
        return plans.action(action)
                .filter(one -> one.planId() == plan)
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }
}
