package org.pregonero.dispatcher.plan.web;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.pregonero.dispatcher.account.Actor;
import org.pregonero.dispatcher.account.ChangedMeanwhileException;
import org.pregonero.dispatcher.plan.ActionMessages;
import org.pregonero.dispatcher.plan.Element;
import org.pregonero.dispatcher.plan.ManualStage;
import org.pregonero.dispatcher.plan.PlanProposal;
import org.pregonero.dispatcher.plan.PlanStage;
import org.pregonero.dispatcher.plan.PlanView;
import org.pregonero.dispatcher.plan.Plans;
import org.pregonero.dispatcher.plan.Plans.StageDraft;
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

/** The plans, and what is around the actions of each: its name and its stages. */
@Controller
@RequestMapping("/planes")
class PlanPages {

    private final Plans plans;
    private final ActionMessages messages;

    PlanPages(Plans plans, ActionMessages messages) {
        this.plans = plans;
        this.messages = messages;
    }

    /** The name of a plan. */
    record NameForm(
            @NotBlank(message = "{plan.name.required}") @Size(max = 300, message = "{plan.text.long}")
            String name,

            int version) {}

    @GetMapping
    String all(Model model) {
        model.addAttribute("form", new NameForm("", 0));
        return list(model);
    }

    private String list(Model model) {
        model.addAttribute("plans", plans.all());
        return "plan/plans";
    }

    @PostMapping
    String create(
            @Valid @ModelAttribute("form") NameForm form,
            BindingResult result,
            Actor actor,
            Model model,
            HttpServletResponse response,
            RedirectAttributes redirect) {
        if (result.hasErrors()) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            return list(model);
        }
        long id = plans.create(form.name().strip(), actor);
        redirect.addFlashAttribute("notice", "plan.created");
        return "redirect:/planes/" + id;
    }

    @GetMapping("/{id}")
    String one(@PathVariable long id, Model model) {
        PlanView plan = find(id);
        model.addAttribute("form", new NameForm(plan.name(), plan.version()));
        return page(plan, model);
    }

    @PostMapping("/{id}")
    String rename(
            @PathVariable long id,
            @Valid @ModelAttribute("form") NameForm form,
            BindingResult result,
            Actor actor,
            Model model,
            HttpServletResponse response,
            RedirectAttributes redirect) {
        PlanView plan = find(id);
        if (result.hasErrors()) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            return page(plan, model);
        }
        try {
            plans.rename(plan, form.version(), form.name().strip(), actor);
        } catch (ChangedMeanwhileException changed) {
            model.addAttribute("form", new NameForm(form.name(), plan.version()));
            model.addAttribute("changed", changed);
            response.setStatus(HttpStatus.CONFLICT.value());
            return page(plan, model);
        }
        redirect.addFlashAttribute("notice", "plan.saved");
        return "redirect:/planes/" + id;
    }

    private String page(PlanView plan, Model model) {
        model.addAttribute("plan", plan);
        model.addAttribute(
                "written",
                messages.ofPlan(plan.id()).stream().collect(Collectors.groupingBy(ActionMessages.Written::actionId)));
        return "plan/plan";
    }

    /** One row of the form of stages; mutable, as the form fills it. */
    static final class StageRow {
        private @Nullable Long id;
        private String name = "";
        private @Nullable ManualStage manual;
        private @Nullable Element element;
        private int actions;

        static StageRow of(PlanStage stage) {
            StageRow row = new StageRow();
            row.id = stage.id();
            row.name = stage.name();
            row.manual = stage.manual();
            row.element = stage.element();
            row.actions = stage.actions();
            return row;
        }

        public @Nullable Long getId() {
            return id;
        }

        public void setId(@Nullable Long id) {
            this.id = id;
        }

        public String getName() {
            return name;
        }

        public void setName(String name) {
            this.name = name;
        }

        public @Nullable ManualStage getManual() {
            return manual;
        }

        public void setManual(@Nullable ManualStage manual) {
            this.manual = manual;
        }

        public @Nullable Element getElement() {
            return element;
        }

        public void setElement(@Nullable Element element) {
            this.element = element;
        }

        public int getActions() {
            return actions;
        }
    }

    /** All stages of a plan, in their order. */
    static final class StagesForm {
        private int version;
        private List<StageRow> stages = new ArrayList<>();

        public int getVersion() {
            return version;
        }

        public void setVersion(int version) {
            this.version = version;
        }

        public List<StageRow> getStages() {
            return stages;
        }

        public void setStages(List<StageRow> stages) {
            this.stages = stages;
        }
    }

    @GetMapping("/{id}/etapas")
    String stages(@PathVariable long id, Model model) {
        PlanView plan = find(id);
        StagesForm form = new StagesForm();
        form.setVersion(plan.version());
        plan.stages().forEach(stage -> form.getStages().add(StageRow.of(stage)));
        form.getStages().add(new StageRow());
        model.addAttribute("form", form);
        return stagesPage(plan, model);
    }

    @PostMapping("/{id}/etapas")
    String changeStages(
            @PathVariable long id,
            @ModelAttribute("form") StagesForm form,
            BindingResult result,
            Actor actor,
            Model model,
            HttpServletResponse response,
            RedirectAttributes redirect) {
        PlanView plan = find(id);
        List<Long> known = plan.stages().stream().map(PlanStage::id).toList();
        List<StageDraft> drafts = form.getStages().stream()
                .filter(row -> !row.getName().isBlank())
                .map(row -> new StageDraft(
                        known.contains(row.getId()) ? row.getId() : null,
                        new PlanProposal.Stage(row.getName().strip(), row.getManual(), row.getElement())))
                .toList();
        long names =
                drafts.stream().map(draft -> draft.says().name()).distinct().count();
        if (names < drafts.size()) {
            result.reject("plan.stages.twice");
        }
        if (drafts.stream().anyMatch(draft -> draft.says().name().length() > 300)) {
            result.reject("plan.text.long");
        }
        var kept = drafts.stream().map(StageDraft::id).toList();
        if (plan.actions().stream().anyMatch(action -> action.stageId() != null && !kept.contains(action.stageId()))) {
            result.reject("plan.stages.used");
        }
        if (result.hasErrors()) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            return stagesPage(plan, model);
        }
        try {
            plans.changeStages(plan, form.getVersion(), drafts, actor);
        } catch (ChangedMeanwhileException changed) {
            form.setVersion(plan.version());
            model.addAttribute("changed", changed);
            response.setStatus(HttpStatus.CONFLICT.value());
            return stagesPage(plan, model);
        }
        redirect.addFlashAttribute("notice", "plan.saved");
        return "redirect:/planes/" + id;
    }

    private static String stagesPage(PlanView plan, Model model) {
        model.addAttribute("plan", plan);
        model.addAttribute("manuals", ManualStage.values());
        model.addAttribute("elements", Element.values());
        return "plan/stages";
    }

    private PlanView find(long id) {
        return plans.view(id).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }
}
