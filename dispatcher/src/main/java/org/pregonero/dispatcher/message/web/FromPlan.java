package org.pregonero.dispatcher.message.web;

import java.time.Clock;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.pregonero.dispatcher.audience.Audiences;
import org.pregonero.dispatcher.message.ChannelPlan;
import org.pregonero.dispatcher.message.ContentTemplates;
import org.pregonero.dispatcher.message.ContentTemplates.ContentTemplate;
import org.pregonero.dispatcher.message.Contents;
import org.pregonero.dispatcher.message.MessagesOfActions;
import org.pregonero.dispatcher.plan.PlanAction;
import org.pregonero.dispatcher.plan.PlanEvent;
import org.pregonero.dispatcher.plan.PlanView;
import org.pregonero.dispatcher.plan.PlannedAction;
import org.pregonero.dispatcher.plan.Plans;
import org.pregonero.dispatcher.tabular.Words;
import org.springframework.stereotype.Component;

/** Begins a message with what a plan says of one of its actions. Nothing is kept until a person saves it. */
@Component
class FromPlan {

    private static final int STEM = 5;

    private final Plans plans;
    private final Audiences audiences;
    private final Contents contents;
    private final Composer composer;
    private final ContentTemplates templates;
    private final MessagesOfActions messages;
    private final Clock clock;

    FromPlan(
            Plans plans,
            Audiences audiences,
            Contents contents,
            Composer composer,
            ContentTemplates templates,
            MessagesOfActions messages,
            Clock clock) {
        this.plans = plans;
        this.audiences = audiences;
        this.contents = contents;
        this.composer = composer;
        this.templates = templates;
        this.messages = messages;
        this.clock = clock;
    }

    /**
     * What an action says of its message.
     *
     * @param unlisted audiences that it names and that nobody has made yet
     * @param templates names of those whose texts were taken
     */
    record Begun(long action, MessageForm form, List<String> unlisted, Set<String> templates) {}

    /** @return nothing where there is no such action */
    Optional<Begun> begin(long action, Locale locale) {
        return plans.action(action).map(found -> begin(found, locale));
    }

    void keep(long action, long message) {
        messages.keep(message, action);
    }

    private Begun begin(PlannedAction action, Locale locale) {
        var says = action.says();
        var channels = new LinkedHashMap<String, ChannelPlan>();
        var used = new LinkedHashSet<String>();
        var fitting = fitting(says);
        for (var code : says.channels()) {
            if (contents.known(code)) {
                var template = fitting.stream()
                        .filter(one -> one.channels().containsKey(code))
                        .findFirst();
                template.ifPresent(one -> used.add(one.name()));
                channels.put(
                        code,
                        template.map(one -> one.channels().get(code)).orElseGet(() -> composer.fresh(code, locale)));
            }
        }
        var form = MessageForm.empty()
                .titled(says.name())
                .withChannels(channels)
                .about(event(action.planId()), audiences.idsByName(says.audiences()));
        var unlisted = says.audiences().stream()
                .filter(name -> audiences.idsByName(List.of(name)).isEmpty())
                .toList();
        return new Begun(action.id(), form, unlisted, used);
    }

    /** The templates whose names have words of the action, those with most of them first. */
    private List<ContentTemplate> fitting(PlanAction action) {
        var words = stems(action.name() + " " + action.description());
        ToLongFunction<ContentTemplate> shared =
                one -> stems(one.name()).stream().filter(words::contains).count();
        return templates.all().stream()
                .filter(one -> shared.applyAsLong(one) > 0)
                .sorted(Comparator.comparingLong(shared).reversed())
                .toList();
    }

    /** "Invitar" and "invitación" begin alike; shorter words say nothing. */
    private static Set<String> stems(String text) {
        return Arrays.stream(Words.fold(text).split(" "))
                .filter(word -> word.length() >= STEM)
                .map(word -> word.substring(0, STEM))
                .collect(Collectors.toSet());
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
