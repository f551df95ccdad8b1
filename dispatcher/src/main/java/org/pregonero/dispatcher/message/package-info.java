/**
 * Messages: what the office wants to say to whom on which channels, in immutable versions; when it leaves
 * (occurrences, contact hours); and who approved exactly that.
 */
@NullMarked
@ApplicationModule(displayName = "Message")
package org.pregonero.dispatcher.message;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
