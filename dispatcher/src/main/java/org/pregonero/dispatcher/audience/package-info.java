/**
 * The people an institution writes to: how each can be reached, what each allowed, and the audiences they belong to.
 *
 * <p>Rules: silence is never consent, nor is a yes that nobody can show (Ley 1581/2012, D1377/2013 art. 7); what a person
 * refused or revoked is not undone by importing a list again.
 */
@ApplicationModule(
        displayName = "Públicos",
        allowedDependencies = {"account", "institution", "tabular"})
@NullMarked
package org.pregonero.dispatcher.audience;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
