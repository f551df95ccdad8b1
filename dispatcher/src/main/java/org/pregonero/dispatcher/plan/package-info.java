/**
 * Plans of communication: their actions by stage and their events. An import proposes what a loosely worded table means,
 * marks what is ambiguous, and never loses a row or a word.
 */
@ApplicationModule(
        displayName = "Planes",
        allowedDependencies = {"account", "institution", "tabular"})
@NullMarked
package org.pregonero.dispatcher.plan;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
