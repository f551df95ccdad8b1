package org.pregonero.dispatcher.delivery;

/** Where a delivery stands. Which may follow which is in the database: its function {@code delivery_next}. */
public enum DeliveryState {
    /** Waits for its time: first send, contact hours, or a retry. */
    PENDING,
    /** Handed to the broker. */
    QUEUED,
    /** Claimed by a worker; the provider is being talked to. */
    SENDING,
    /** The end of the call is unknown. */
    IN_DOUBT,
    /** The provider took it. */
    ACCEPTED,
    /** Confirmed at the device, or published and readable. */
    DELIVERED,
    /** Confirmed as read. */
    READ,
    /** Not sendable: no authorisation, opted out, no or invalid address, duplicate address. */
    SKIPPED,
    /** Refused for good before or at acceptance. */
    REJECTED,
    /** Accepted, then failed. */
    UNDELIVERED,
    /** Its useful time passed. */
    EXPIRED,
    /** Stopped by a person or an opt-out. */
    CANCELLED;

    /** Whether nothing more happens by itself, unless a provider reports. */
    public boolean settled() {
        return this != PENDING && this != QUEUED && this != SENDING;
    }
}
