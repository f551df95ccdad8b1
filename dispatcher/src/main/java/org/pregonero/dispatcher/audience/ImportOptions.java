package org.pregonero.dispatcher.audience;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * How a list is taken in.
 *
 * @param apply false to see what would happen, without changing anything
 * @param purpose what the people were asked to be written to about
 * @param evidence where the signed authorisations of the whole list are kept, where somebody vouches for that
 * @param authorisedOn the day they were signed, for the rows that do not say it
 * @param staff whether these are the institution's own people, whose answer on mail is one on internal notices too
 */
public record ImportOptions(
        boolean apply,
        String purpose,
        @Nullable String evidence,
        @Nullable LocalDate authorisedOn,
        boolean staff) {}
