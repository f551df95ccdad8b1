package org.pregonero.dispatcher.audience.web;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pregonero.dispatcher.account.Actor;
import org.pregonero.dispatcher.account.ChangedMeanwhileException;
import org.pregonero.dispatcher.audience.AudienceBook;
import org.pregonero.dispatcher.audience.AudienceBook.Entry;
import org.pregonero.dispatcher.audience.SavedFilter;
import org.pregonero.dispatcher.audience.SavedFilter.Condition;
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

/** Audiences: lists and saved filters. */
@Controller
@RequestMapping("/publicos")
class AudiencePages {

    private static final int CONDITIONS = 5;

    private final AudienceBook audiences;

    AudiencePages(AudienceBook audiences) {
        this.audiences = audiences;
    }

    /** One condition of a filter; without a text it counts for nothing. Mutable, as the form fills it. */
    static final class ConditionRow {
        private SavedFilter.Field field = SavedFilter.Field.ORGANISATION;
        private SavedFilter.Test test = SavedFilter.Test.CONTAINS;
        private String attribute = "";
        private String text = "";
        private @Nullable Long audience;

        static ConditionRow of(Condition condition) {
            ConditionRow row = new ConditionRow();
            row.field = condition.field();
            row.test = condition.test();
            row.attribute = condition.attribute() == null ? "" : condition.attribute();
            if (condition.field() == SavedFilter.Field.AUDIENCE) {
                row.audience = Long.valueOf(condition.text());
            } else {
                row.text = condition.text();
            }
            return row;
        }

        public SavedFilter.Field getField() {
            return field;
        }

        public void setField(SavedFilter.Field field) {
            this.field = field;
        }

        public SavedFilter.Test getTest() {
            return test;
        }

        public void setTest(SavedFilter.Test test) {
            this.test = test;
        }

        public String getAttribute() {
            return attribute;
        }

        public void setAttribute(String attribute) {
            this.attribute = attribute;
        }

        public String getText() {
            return text;
        }

        public void setText(String text) {
            this.text = text;
        }

        public @Nullable Long getAudience() {
            return audience;
        }

        public void setAudience(@Nullable Long audience) {
            this.audience = audience;
        }
    }

    /** An audience as a person writes it. Mutable, as the form fills it. */
    static final class AudienceForm {
        @NotBlank(message = "{audience.name.required}")
        @Size(max = 200, message = "{person.text.long}")
        private String name = "";

        @Min(value = 0, message = "{audience.target.wrong}")
        @Max(value = 60_000_000, message = "{audience.target.wrong}")
        private @Nullable Integer target;

        private boolean filtered;
        private List<ConditionRow> conditions = new ArrayList<>();
        private int version;

        static AudienceForm of(Entry audience) {
            AudienceForm form = new AudienceForm();
            form.name = audience.name();
            form.target = audience.targetSize();
            form.version = audience.version();
            if (audience.filter() != null) {
                form.filtered = true;
                audience.filter().all().forEach(condition -> form.conditions.add(ConditionRow.of(condition)));
            }
            return form;
        }

        AudienceForm filled() {
            while (conditions.size() < CONDITIONS) {
                conditions.add(new ConditionRow());
            }
            return this;
        }

        public String getName() {
            return name;
        }

        public void setName(String name) {
            this.name = name;
        }

        public @Nullable Integer getTarget() {
            return target;
        }

        public void setTarget(@Nullable Integer target) {
            this.target = target;
        }

        public boolean isFiltered() {
            return filtered;
        }

        public void setFiltered(boolean filtered) {
            this.filtered = filtered;
        }

        public List<ConditionRow> getConditions() {
            return conditions;
        }

        public void setConditions(List<ConditionRow> conditions) {
            this.conditions = conditions;
        }

        public int getVersion() {
            return version;
        }

        public void setVersion(int version) {
            this.version = version;
        }
    }

    @GetMapping
    String all(Model model) {
        model.addAttribute("audiences", audiences.all());
        return "audience/audiences";
    }

    @GetMapping("/nuevo")
    String empty(Model model) {
        model.addAttribute("form", new AudienceForm().filled());
        return page(null, model);
    }

    @PostMapping
    String create(
            @Valid @ModelAttribute("form") AudienceForm form,
            BindingResult result,
            Actor actor,
            Model model,
            HttpServletResponse response,
            RedirectAttributes redirect) {
        SavedFilter filter = filter(form, null, result);
        if (!result.hasErrors()) {
            var created = audiences.create(form.getName().strip(), form.getTarget(), filter, actor);
            if (created.isPresent()) {
                redirect.addFlashAttribute("notice", "audience.created");
                return "redirect:/publicos/" + created.get();
            }
            result.rejectValue("name", "audience.name.taken");
        }
        response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
        form.filled();
        return page(null, model);
    }

    @GetMapping("/{id}")
    String one(@PathVariable long id, Model model) {
        Entry audience = find(id);
        model.addAttribute("form", AudienceForm.of(audience).filled());
        return page(audience, model);
    }

    @PostMapping("/{id}")
    String change(
            @PathVariable long id,
            @Valid @ModelAttribute("form") AudienceForm form,
            BindingResult result,
            Actor actor,
            Model model,
            HttpServletResponse response,
            RedirectAttributes redirect) {
        Entry audience = find(id);
        SavedFilter filter = filter(form, id, result);
        if (filter != null && audience.filter() == null && audience.members() > 0) {
            result.reject("audience.filter.list");
        }
        try {
            if (!result.hasErrors()) {
                if (audiences.change(
                        audience, form.getVersion(), form.getName().strip(), form.getTarget(), filter, actor)) {
                    redirect.addFlashAttribute("notice", "audience.saved");
                    return "redirect:/publicos/" + id;
                }
                result.rejectValue("name", "audience.name.taken");
            }
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
        } catch (ChangedMeanwhileException changed) {
            form.setVersion(audience.version());
            model.addAttribute("changed", changed);
            model.addAttribute("theirs", audience);
            response.setStatus(HttpStatus.CONFLICT.value());
        }
        form.filled();
        return page(audience, model);
    }

    @PostMapping("/{id}/actualizar")
    String refresh(@PathVariable long id, RedirectAttributes redirect) {
        audiences.refresh(List.of(find(id).id()));
        redirect.addFlashAttribute("notice", "audience.refreshed");
        return "redirect:/publicos/" + id;
    }

    @PostMapping("/{id}/quitar")
    String remove(
            @PathVariable long id,
            Actor actor,
            Model model,
            HttpServletResponse response,
            RedirectAttributes redirect) {
        Entry audience = find(id);
        if (!audiences.remove(audience, actor)) {
            model.addAttribute("form", AudienceForm.of(audience).filled());
            model.addAttribute("inUse", true);
            response.setStatus(HttpStatus.CONFLICT.value());
            return page(audience, model);
        }
        redirect.addFlashAttribute("notice", "audience.removed");
        return "redirect:/publicos";
    }

    /** What the form says, where it says a filter that can be understood. */
    private @Nullable SavedFilter filter(AudienceForm form, @Nullable Long self, BindingResult result) {
        if (!form.isFiltered()) {
            return null;
        }
        List<Condition> conditions = new ArrayList<>();
        for (ConditionRow row : form.getConditions()) {
            boolean other = row.getField() == SavedFilter.Field.AUDIENCE;
            boolean attribute = row.getField() == SavedFilter.Field.ATTRIBUTE;
            if (other && row.getAudience() != null) {
                boolean list =
                        audiences.names().stream().anyMatch(name -> name.id() == row.getAudience() && !name.byFilter());
                if (!list || row.getAudience().equals(self)) {
                    result.reject("audience.filter.audience");
                } else {
                    conditions.add(new Condition(
                            row.getField(),
                            null,
                            row.getTest(),
                            row.getAudience().toString()));
                }
            } else if (!other && !row.getText().isBlank()) {
                if ((attribute && row.getAttribute().isBlank()) || row.getText().length() > 200) {
                    result.reject("audience.filter.attribute");
                } else {
                    conditions.add(new Condition(
                            row.getField(),
                            attribute ? row.getAttribute().strip() : null,
                            row.getTest(),
                            row.getText().strip()));
                }
            }
        }
        if (conditions.isEmpty()) {
            result.reject("audience.filter.empty");
            return null;
        }
        return new SavedFilter(conditions);
    }

    private String page(@Nullable Entry audience, Model model) {
        model.addAttribute("audience", audience);
        model.addAttribute(
                "lists",
                audiences.names().stream().filter(name -> !name.byFilter()).toList());
        model.addAttribute("attributes", audiences.attributes());
        model.addAttribute("filterFields", SavedFilter.Field.values());
        model.addAttribute("filterTests", SavedFilter.Test.values());
        return "audience/audience";
    }

    private Entry find(long id) {
        return audiences.find(id).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }
}
