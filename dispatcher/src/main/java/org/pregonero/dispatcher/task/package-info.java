/**
 * Media done by hand: tasks with responsible people, a mail to them before they are due, and the evidence that moves a
 * task's delivery to DELIVERED.
 */
@NullMarked
@ApplicationModule(displayName = "Task")
package org.pregonero.dispatcher.task;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
