/** What comes back from providers and the public: statuses, complaints, replies, answers to invitations, opt-outs. */
@NullMarked
@ApplicationModule(displayName = "Inbound")
package org.pregonero.dispatcher.inbound;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
