/** What the public reads and does: announcements, who registers for an event, and links that count their clicks. */
@NullMarked
@ApplicationModule(displayName = "Site")
package org.pregonero.dispatcher.site;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
