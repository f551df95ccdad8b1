/** The first page: what waits for the person who is signed in, and how to begin. Reads what the other modules own. */
@NullMarked
@ApplicationModule(displayName = "Home")
package org.pregonero.dispatcher.home;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
