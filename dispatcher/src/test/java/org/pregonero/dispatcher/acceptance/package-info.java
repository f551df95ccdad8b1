/** The application as a whole, as those who use it see it. */
@NullMarked
package org.pregonero.dispatcher.acceptance;

import org.jspecify.annotations.NullMarked;
