package org.pregonero.dispatcher.sandbox;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A text between the institution and a telephone, by WhatsApp or SMS.
 *
 * @param id its name in the {@link Outbox}
 * @param sid what the provider calls it
 * @param ours sender of the institution: telephone number or messaging service
 * @param person telephone number in E.164
 * @param text empty when it is a template's
 * @param contentSid approved template, or null
 * @param variables of the template, by their number
 * @param segments in how many parts an SMS goes
 * @param statusCallback where the provider reports, or null
 * @param status in the provider's words: queued, sent, delivered, read, undelivered, failed, received
 * @param errorCode the provider's, or null
 * @param changedAt when the status changed last
 */
public record PhoneMessage(
        String id,
        Instant at,
        String channel,
        String sid,
        Direction direction,
        String ours,
        String person,
        String text,
        @Nullable String contentSid,
        Map<String, String> variables,
        int segments,
        @Nullable String statusCallback,
        String status,
        @Nullable Integer errorCode,
        Instant changedAt) {

    /** Who speaks. */
    public enum Direction {
        /** The institution, of its own accord. */
        OUTBOUND,
        /** The person. */
        INBOUND,
        /** The institution, in answer to what the person wrote. */
        ANSWER
    }

    PhoneMessage now(String newStatus, @Nullable Integer error, Instant when) {
        return new PhoneMessage(
                id,
                at,
                channel,
                sid,
                direction,
                ours,
                person,
                text,
                contentSid,
                variables,
                segments,
                statusCallback,
                newStatus,
                error,
                when);
    }

    /** Without number and text, which must not reach a log. */
    @Override
    public String toString() {
        return "PhoneMessage[" + sid + ", " + status + "]";
    }
}
