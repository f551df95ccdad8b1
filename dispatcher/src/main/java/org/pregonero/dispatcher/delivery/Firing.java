package org.pregonero.dispatcher.delivery;

import org.pregonero.dispatcher.message.Occurrences;
import org.pregonero.dispatcher.message.Scheduling;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** What happens when the time of an occurrence has come. May be repeated after a crash: it goes on where it was. */
@Component
class Firing {

    private static final Logger log = LoggerFactory.getLogger(Firing.class);

    private final Scheduling scheduling;
    private final Occurrences occurrences;
    private final FanOut fanOut;

    Firing(Scheduling scheduling, Occurrences occurrences, FanOut fanOut) {
        this.scheduling = scheduling;
        this.occurrences = occurrences;
        this.fanOut = fanOut;
    }

    void fire(long id) {
        if (scheduling.begin(id)) {
            fanOut.run(occurrences.find(id).orElseThrow());
            log.info("Occurrence {} is fanned out", id);
        } else {
            log.warn("Occurrence {} does not begin; its page says why", id);
        }
    }
}
