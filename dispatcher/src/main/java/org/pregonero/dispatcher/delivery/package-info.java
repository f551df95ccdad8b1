/**
 * The delivery engine: from an occurrence whose time has come to the outcome of every single delivery. PostgreSQL is the
 * truth; the broker carries delivery ids and may be wiped at any moment.
 *
 * <p>{@code FanOut} writes the deliveries, {@code Relay} hands what is due to the broker, {@code Worker} claims, renders
 * and sends, {@code OutcomeRecorder} writes what came of it. {@code DeliveryFlows} joins them.
 */
@NullMarked
@ApplicationModule(displayName = "Delivery")
package org.pregonero.dispatcher.delivery;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
