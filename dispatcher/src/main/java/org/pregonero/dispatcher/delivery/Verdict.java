package org.pregonero.dispatcher.delivery;

import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an attempt means for its delivery.
 *
 * @param counted whether the attempt counts against the allowed number
 * @param notBefore when to try again; null unless the state is PENDING
 * @param reasonCode kind of trouble, or null
 */
record Verdict(
        DeliveryState state,
        boolean counted,
        @Nullable Instant notBefore,
        @Nullable String providerId,
        @Nullable String providerCode,
        @Nullable String reasonCode,
        @Nullable String detail,
        @Nullable URI url,
        @Nullable String sha256) {

    /** The same for an attempt that counts already. */
    Verdict alreadyCounted() {
        return new Verdict(state, false, notBefore, providerId, providerCode, reasonCode, detail, url, sha256);
    }

    static Verdict of(DeliveryState state, String reasonCode) {
        return new Verdict(state, true, null, null, null, reasonCode, null, null, null);
    }
}
