package org.pregonero.dispatcher.message;

import java.util.List;
import org.pregonero.dispatcher.plan.EventFollowers;
import org.springframework.stereotype.Component;

/** What was scheduled about an event. */
@Component
class SendingsAboutEvents implements EventFollowers {

    private final Occurrences occurrences;

    SendingsAboutEvents(Occurrences occurrences) {
        this.occurrences = occurrences;
    }

    @Override
    public List<Follower> of(long event) {
        return occurrences.waitingAbout(event).stream()
                .map(one -> new Follower(
                        one.id(), one.title(), one.dueAt(), one.state().name()))
                .toList();
    }
}
