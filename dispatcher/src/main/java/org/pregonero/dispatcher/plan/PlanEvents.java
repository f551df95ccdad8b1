package org.pregonero.dispatcher.plan;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** The events of plans. */
@Service
public class PlanEvents {

    /** In which plans mean their times unless they say otherwise. */
    public static final String ZONE = "America/Bogota";

    private final PlanRepository repository;

    PlanEvents(PlanRepository repository) {
        this.repository = repository;
    }

    public Optional<PlanEvent> find(long id) {
        return repository.event(id);
    }

    /**
     * Adds an event to a plan.
     *
     * @return nothing if there is no such plan
     * @throws IllegalArgumentException if it does not end after it starts
     */
    public Optional<PlanEvent> add(
            long plan, String name, Instant starts, Instant ends, @Nullable String place, @Nullable String link) {
        if (!ends.isAfter(starts)) {
            throw new IllegalArgumentException("An event ends after it starts");
        }
        return repository.addEvent(plan, name, starts, ends, ZONE, place, link);
    }
}
