/**
 * The contract between the delivery engine and a channel's provider. An adapter only translates: a rendered message
 * into the provider's protocol, the provider's answer into a {@link org.pregonero.channels.SendOutcome}. Queueing,
 * retry, persistence, logging and rate belong to the engine.
 */
@NullMarked
package org.pregonero.channels;

import org.jspecify.annotations.NullMarked;
