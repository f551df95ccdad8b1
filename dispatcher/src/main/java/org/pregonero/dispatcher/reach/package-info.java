/**
 * Whom did we reach, how sure are we, and where is the evidence: figures with their range, from each figure down to its
 * deliveries, and everything that is known of one delivery. Reads what delivery, inbound, site, task, plan and audience own.
 */
@NullMarked
@ApplicationModule(displayName = "Reach")
package org.pregonero.dispatcher.reach;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
