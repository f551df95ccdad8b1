/** What comes back from the public: so far, people who opt out. */
@NullMarked
@ApplicationModule(displayName = "Inbound")
package org.pregonero.dispatcher.inbound;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
