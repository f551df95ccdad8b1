/** Posts on X (formerly Twitter), by version 2 of its API. */
@NullMarked
package org.pregonero.channels.x;

import org.jspecify.annotations.NullMarked;
