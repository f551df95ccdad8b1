package org.pregonero.dispatcher.reach;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * How many people of an audience, or of all of a sending's audiences, stand where; on one channel, or on any. Nobody is counted
 * twice. What is unknown makes a range: the floor is what is confirmed, the ceiling adds what is unknown.
 *
 * @param audience id, or null for all together
 * @param name of the audience, or empty
 * @param channel code, or empty for any personal channel
 * @param target people meant to be reached, as the sending began; null where nobody had said
 */
public record Coverage(
        @Nullable Long audience,
        String name,
        String channel,
        @Nullable Long target,
        long registered,
        long contactable,
        long waiting,
        long attempted,
        long accepted,
        long confirmed,
        long unknown,
        long read,
        long clicked,
        long failed) {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    /**
     * Percent of a whole, with one decimal.
     *
     * @param floor certainly reached
     * @param ceiling reached at most
     */
    public record Range(BigDecimal floor, BigDecimal ceiling) {

        /** Nothing is unknown that the decimal would show. */
        public boolean exact() {
            return floor.compareTo(ceiling) == 0;
        }
    }

    public long ceiling() {
        return confirmed + unknown;
    }

    /** Of those meant to be reached; null where that is not known. */
    public @Nullable Range ofTarget() {
        return target == null ? null : range(target);
    }

    /** Of those who may and can be written to. */
    public @Nullable Range ofContactable() {
        return range(contactable);
    }

    private @Nullable Range range(long whole) {
        return whole == 0 ? null : new Range(percent(confirmed, whole), percent(ceiling(), whole));
    }

    private static BigDecimal percent(long part, long whole) {
        return BigDecimal.valueOf(part).multiply(HUNDRED).divide(BigDecimal.valueOf(whole), 1, RoundingMode.HALF_UP);
    }

    public long of(Figure figure) {
        return switch (figure) {
            case REGISTERED -> registered;
            case CONTACTABLE -> contactable;
            case WAITING -> waiting;
            case ATTEMPTED -> attempted;
            case ACCEPTED -> accepted;
            case CONFIRMED -> confirmed;
            case UNKNOWN -> unknown;
            case READ -> read;
            case CLICKED -> clicked;
            case FAILED -> failed;
        };
    }

    /** How wide a number is drawn, from 0 to 100, when the largest of target and registered is the whole width. */
    public double width(long people) {
        var whole = Math.max(1, Math.max(target == null ? 0 : target, registered));
        return Math.min(100, 100.0 * people / whole);
    }
}
