/**
 * The sample that ships with Pregonero: an institution, its plan, its contacts and an invitation, sent by the real engine
 * to a mailbox on this machine. Nothing here is a component of the application in service; {@code Demo} brings it in.
 */
@NullMarked
@ApplicationModule(displayName = "Demo")
package org.pregonero.dispatcher.demo;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
