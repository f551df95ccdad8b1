/** What the tests of several modules share. */
@NullMarked
package org.pregonero.dispatcher.testing;

import org.jspecify.annotations.NullMarked;
