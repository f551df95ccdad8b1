/** What each recipient would have seen, replies typed in their place, and failures on demand. */
@NullMarked
package org.pregonero.dispatcher.sandbox.web;

import org.jspecify.annotations.NullMarked;
