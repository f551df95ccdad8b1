package org.pregonero.dispatcher.audience;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** The rules of what a newly learnt decision changes about what is on record. */
final class Ledger {

    static final ZoneId ZONE = ZoneId.of("America/Bogota");

    /** What a person decided, as stored. */
    enum Decision {
        GRANTED,
        REFUSED,
        REVOKED,
        /** A yes that nobody can show: no day, no paper. Kept apart until somebody can. */
        UNPROVEN
    }

    /**
     * The latest decision on record.
     *
     * @param at when it was taken or, if nobody knows, when it was learnt
     */
    record OnRecord(Decision decision, Instant at) {}

    private Ledger() {}

    /**
     * Whether a decision read from a list is to be written down. A grant counts against an earlier no only when given on
     * a later day: an opt-out outlives every re-import of an older list.
     */
    static boolean changes(@Nullable OnRecord onRecord, Decision learnt, @Nullable LocalDate learntDay) {
        if (onRecord == null) {
            return true;
        }
        LocalDate recordedDay = onRecord.at().atZone(ZONE).toLocalDate();
        return switch (learnt) {
            case GRANTED ->
                switch (onRecord.decision()) {
                    case GRANTED -> false;
                    case UNPROVEN -> true;
                    case REFUSED, REVOKED -> learntDay != null && learntDay.isAfter(recordedDay);
                };
            case REFUSED, REVOKED ->
                switch (onRecord.decision()) {
                    case REFUSED, REVOKED -> false;
                    case UNPROVEN -> true;
                    case GRANTED -> learntDay == null || !learntDay.isBefore(recordedDay);
                };
            case UNPROVEN -> false;
        };
    }
}
