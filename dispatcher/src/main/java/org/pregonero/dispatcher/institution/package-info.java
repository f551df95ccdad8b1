/** The institution that speaks: its name, looks, address and policies. */
@NullMarked
@ApplicationModule(displayName = "Institution")
package org.pregonero.dispatcher.institution;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
