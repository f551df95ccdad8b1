package org.pregonero.dispatcher.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.pregonero.dispatcher.tabular.Notice;

/** Asks about the loose wording of an action instead of guessing. */
final class PlanDoubts {

    private final PlanColumns columns;
    private final List<PlanDoubt> found = new ArrayList<>();
    private Function<PlanField, String> said = field -> "";

    PlanDoubts(PlanColumns columns) {
        this.columns = columns;
    }

    List<PlanDoubt> found() {
        return found;
    }

    /**
     * Looks at one action.
     *
     * @param texts what the table says, field by field
     */
    void look(PlanAction action, Function<PlanField, String> texts) {
        said = texts;
        String responsible = texts.apply(PlanField.RESPONSIBLE);
        audience(action, texts.apply(PlanField.AUDIENCE));
        if (action.scope() != null && !PlanWording.isScope(action.scope())) {
            doubt(action, PlanField.SCOPE, action.scope(), Notice.of("scope"));
        }
        if (!columns.of(PlanField.FREQUENCY).isEmpty()
                && (action.frequency() == null || PlanWording.isMark(action.frequency()))) {
            doubt(action, PlanField.FREQUENCY, texts.apply(PlanField.FREQUENCY), Notice.of("no-frequency"));
        } else if (action.frequency() != null && PlanWording.dependsOnSomethingElse(action.frequency())) {
            doubt(action, PlanField.FREQUENCY, action.frequency(), Notice.of("frequency-relative"));
        } else if (action.frequency() != null && PlanWording.isOnlyAMonth(action.frequency())) {
            doubt(action, PlanField.FREQUENCY, action.frequency(), Notice.of("frequency-month"));
        } else if (action.frequency() != null && PlanWording.isMonthOfAYear(action.frequency())) {
            doubt(action, PlanField.FREQUENCY, action.frequency(), Notice.of("frequency-day"));
        }
        if (!columns.of(PlanField.RESPONSIBLE).isEmpty() && responsible.isEmpty()) {
            doubt(action, PlanField.RESPONSIBLE, "", Notice.of("no-responsible"));
        }
        for (String person : action.responsible()) {
            List<String> roles = PlanWording.rolesIn(person);
            if (roles.size() > 1) {
                String listed = String.join("», «", roles);
                doubt(action, PlanField.RESPONSIBLE, responsible, Notice.of("several-roles", listed));
            } else if (PlanWording.isBareRole(person)) {
                doubt(action, PlanField.RESPONSIBLE, person, Notice.of("bare-role"));
            }
        }
    }

    private void audience(PlanAction action, String audience) {
        if (!columns.of(PlanField.AUDIENCE).isEmpty() && action.audiences().isEmpty()) {
            doubt(action, PlanField.AUDIENCE, audience, Notice.of("no-audience"));
            return;
        }
        String text = action.description() == null ? "" : action.description();
        List<String> beyond = PlanWording.namedBeyond(text, action.audiences());
        List<String> passedOver = PlanWording.passedOver(text, action.audiences());
        if (!audience.isEmpty() && !beyond.isEmpty() && !passedOver.isEmpty()) {
            doubt(
                    action,
                    PlanField.AUDIENCE,
                    audience,
                    Notice.of("audience-other", String.join(", ", beyond), String.join(", ", passedOver)));
        } else if (!audience.isEmpty() && !beyond.isEmpty()) {
            doubt(action, PlanField.AUDIENCE, audience, Notice.of("audience-more", String.join(", ", beyond)));
        } else if (!audience.isEmpty() && !passedOver.isEmpty()) {
            doubt(action, PlanField.AUDIENCE, audience, Notice.of("audience-less", String.join(", ", passedOver)));
        }
        if (action.scope() != null
                && PlanWording.onlyInternal(action.scope())
                && PlanWording.addressesOutsiders(action.audiences())) {
            doubt(action, PlanField.SCOPE, action.scope(), Notice.of("scope-audience", audience));
        }
    }

    private void doubt(PlanAction action, PlanField field, String value, Notice reason) {
        List<Integer> in = columns.of(field);
        String heading = in.isEmpty() ? "" : columns.heading(in.get(0));
        int column = in.size() == 1 ? in.get(0) : -1;
        found.add(new PlanDoubt(action.row(), column, heading, value, said.apply(field), reason, null));
    }
}
