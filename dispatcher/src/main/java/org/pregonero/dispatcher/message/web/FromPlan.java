package org.pregonero.dispatcher.message.web;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pregonero.dispatcher.audience.Audiences;
import org.pregonero.dispatcher.message.ChannelPlan;
import org.pregonero.dispatcher.message.Contents;
import org.pregonero.dispatcher.plan.PlanEvent;
import org.pregonero.dispatcher.plan.PlanView;
import org.pregonero.dispatcher.plan.PlannedAction;
import org.pregonero.dispatcher.plan.Plans;
import org.springframework.stereotype.Component;

/** Begins a message with what a plan says of one of its actions. Nothing is kept until a person saves it. */
@Component
class FromPlan {

    private final Plans plans;
    private final Audiences audiences;
    private final Contents contents;
    private final Composer composer;
    private final Clock clock;

    FromPlan(Plans plans, Audiences audiences, Contents contents, Composer composer, Clock clock) {
        this.plans = plans;
        this.audiences = audiences;
        this.contents = contents;
        this.composer = composer;
        this.clock = clock;
    }

    /** @return nothing where there is no such action */
    Optional<MessageForm> form(long action, Locale locale) {
        return plans.action(action).map(found -> form(found, locale));
    }

    private MessageForm form(PlannedAction action, Locale locale) {
        var channels = new LinkedHashMap<String, ChannelPlan>();
        action.says().channels().stream()
                .filter(contents::known)
                .forEach(code -> channels.put(code, composer.fresh(code, locale)));
        return MessageForm.empty()
                .titled(action.says().name())
                .withChannels(channels)
                .about(event(action.planId()), audiences.idsByName(action.says().audiences()));
    }

    /** The one event of the plan that is still to come; of several, a person chooses. */
    private @Nullable Long event(long plan) {
        var coming = plans.view(plan).map(PlanView::events).stream()
                .flatMap(events -> events.stream())
                .filter(event -> event.ends().isAfter(clock.instant()))
                .map(PlanEvent::id)
                .toList();
        return coming.size() == 1 ? coming.get(0) : null;
    }
}
