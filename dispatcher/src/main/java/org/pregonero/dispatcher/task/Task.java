package org.pregonero.dispatcher.task;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pregonero.templates.RenderedTask;

/**
 * Something that people do by hand for one place of an occurrence.
 *
 * @param title of the message, as the office calls it
 * @param outlet the place: a station, a newspaper, a corner
 * @param due the occurrence's time
 * @param overdue open although its time has passed
 * @param what is to be done; null where the text can no longer be completed
 * @param deliveryState where the task's delivery stands; null before the occurrence has begun
 * @param told the responsible people who were written to, or will be
 * @param declared what people declare, kept apart from what is measured
 */
public record Task(
        long id,
        long occurrenceId,
        String title,
        String outlet,
        Instant due,
        State state,
        boolean overdue,
        @Nullable RenderedTask what,
        @Nullable String deliveryState,
        @Nullable NotDone notDone,
        Declared declared,
        List<Evidence> evidence,
        List<Told> told) {

    /** How far a task has come. */
    public enum State {
        OPEN,
        /** There is evidence. */
        DONE,
        /** Somebody declared that it was not done. */
        NOT_DONE,
        /** Its occurrence was cancelled, or waits for a new approval. */
        WITHDRAWN
    }

    /**
     * A mail to a responsible person.
     *
     * @param state WAITING, SENDING, SENT, REFUSED, IN_DOUBT, EXPIRED or WITHDRAWN
     */
    public record Told(String name, String state, Instant at) {}

    public record NotDone(String because, Instant at, String by) {}

    /**
     * Figures that somebody declared. Nobody measured them.
     *
     * @param reach people reached, the sum of what the pieces of evidence say; null where none says anything
     */
    public record Declared(@Nullable Long reach) {}

    /**
     * Proof that the task was done.
     *
     * @param sha256 of the file, in hexadecimal
     * @param bytes size of the file
     * @param place where it was done, and the day, as somebody declares them
     */
    public record Evidence(
            long id,
            String sha256,
            String mediaType,
            int bytes,
            String place,
            LocalDate doneOn,
            @Nullable Integer declaredReach,
            String addedBy,
            Instant addedAt) {}
}
